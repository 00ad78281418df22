/** Collections and who may see and change them. */
import { dataOf, withTimeout } from './client'
import type { Collection, Member, Role, Visibility } from './staffTypes'
import { untyped as client } from './untyped'

export function getCollections(signal?: AbortSignal): Promise<Collection[]> {
  return dataOf(client.GET('/api/v1/collections/', { signal: withTimeout(signal) }))
}

export interface NewCollection {
  name: string
  visibility: Visibility
}

export function postCollection(collection: NewCollection): Promise<Collection> {
  return dataOf(client.POST('/api/v1/collections/', { body: collection, signal: withTimeout() }))
}

export function patchCollection(slug: string, change: Partial<NewCollection>): Promise<Collection> {
  return dataOf(client.PATCH('/api/v1/collections/{slug}/', { params: { path: { slug } }, body: change, signal: withTimeout() }))
}

export function getMembers(slug: string, signal?: AbortSignal): Promise<Member[]> {
  return dataOf(client.GET('/api/v1/collections/{slug}/members/', { params: { path: { slug } }, signal: withTimeout(signal) }))
}

/** All members: who is not listed is none any more. */
export function putMembers(slug: string, members: { username: string; role: Role }[]): Promise<Member[]> {
  return dataOf(client.PUT('/api/v1/collections/{slug}/members/', { params: { path: { slug } }, body: members, signal: withTimeout() }))
}
