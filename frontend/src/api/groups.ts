/** Pictures that seem to show the same image, and what a curator says of them. */
import { client, dataOf, withTimeout } from './client'
import type { GroupState, ImageGroup } from './staffTypes'
import type { PageOf } from './types'

const EXPORT = '/api/v1/image-groups/export/'

export function getGroups(state: GroupState, page: number, signal?: AbortSignal): Promise<PageOf<ImageGroup>> {
  const params = { query: { state, page } }
  return dataOf(client.GET('/api/v1/image-groups/', { params, signal: withTimeout(signal) }))
}

/** All pictures of the group, or only those that are right. */
export function postGroupAcceptance(id: number, images?: number[]): Promise<ImageGroup> {
  const params = { path: { group_id: id } }
  const body = images ? { images } : {}
  return dataOf(client.POST('/api/v1/image-groups/{group_id}/accept/', { params, body, signal: withTimeout() }))
}

export function postGroupRejection(id: number): Promise<ImageGroup> {
  return dataOf(client.POST('/api/v1/image-groups/{group_id}/reject/', { params: { path: { group_id: id } }, signal: withTimeout() }))
}

export function postGroupReopening(id: number): Promise<ImageGroup> {
  return dataOf(client.POST('/api/v1/image-groups/{group_id}/reopen/', { params: { path: { group_id: id } }, signal: withTimeout() }))
}

/** Compares the pictures that were not compared yet, in the background. */
export function postGroupSearch(): Promise<unknown> {
  return dataOf(client.POST('/api/v1/image-groups/find/', { signal: withTimeout() }))
}

/** Where the browser fetches the CSV. */
export function groupsExportAddress(state: GroupState): string {
  return `${EXPORT}?state=${state}`
}
