/** Collections and who may see and change them. */
import { client, dataOf, withTimeout } from './client'
import type { Collection, Member, Role, Visibility } from './staffTypes'

const MEMBERS = '/api/v1/collections/{slug}/members/'

export function getCollections(signal?: AbortSignal): Promise<Collection[]> {
  return dataOf(client.GET('/api/v1/collections/', { signal: withTimeout(signal) }))
}

export interface CollectionChange {
  name: string
  visibility: Visibility
}

export interface NewCollection extends CollectionChange {
  /** Its short name in addresses, which stays; made of the name when left out. */
  slug?: string
}

export function postCollection({ slug, ...rest }: NewCollection): Promise<Collection> {
  const body = { slug: slug ?? slugOf(rest.name), ...rest }
  return dataOf(client.POST('/api/v1/collections/', { body, signal: withTimeout() }))
}

/** Small letters, digits and hyphens: "Zürcher Stadtansichten" is "zurcher-stadtansichten". */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss')
  const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, 100).replace(/-$/, '')
}

export function patchCollection(slug: string, change: Partial<CollectionChange>): Promise<Collection> {
  return dataOf(client.PATCH('/api/v1/collections/{slug}/', { params: { path: { slug } }, body: change, signal: withTimeout() }))
}

export async function getMembers(slug: string, signal?: AbortSignal): Promise<Member[]> {
  const call = client.GET(MEMBERS, { params: { path: { slug } }, signal: withTimeout(signal) })
  return (await dataOf(call)).members
}

/** All members: who is not listed is none any more. */
export async function putMembers(slug: string, members: { username: string; role: Role }[]): Promise<Member[]> {
  const call = client.PUT(MEMBERS, { params: { path: { slug } }, body: { members }, signal: withTimeout() })
  return (await dataOf(call)).members
}
