/** Searches that the server keeps for a while, each under a link of its own. */
import { client, dataOf, doneOf, withTimeout } from './client'
import type { components } from './schema'
import type { Search } from './types'

export type Kept = components['schemas']['Kept']

/** What it finds now, as it was kept. */
export function getKeptSearch(id: string, limit: number, signal?: AbortSignal): Promise<Search> {
  const params = { path: { search_id: id }, query: { limit } }
  return dataOf(client.GET('/api/v1/searches/{search_id}/', { params, signal: withTimeout(signal) }))
}

/** With its photograph, at once; the key is what was told to who kept it, who needs none when signed in. */
export function deleteKeptSearch(id: string, key: string | null): Promise<void> {
  const params = { path: { search_id: id }, query: key === null ? {} : { key } }
  return doneOf(client.DELETE('/api/v1/searches/{search_id}/', { params, signal: withTimeout() }))
}
