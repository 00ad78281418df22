/** Reading the catalogue: prints, facets, examples, and what this server is. */
import { client, dataOf, withTimeout } from './client'
import { filterQuery, type Filters } from './filters'
import type { Example, Facets, Info, PrintDetail, PrintOrder, PrintPage, Search, Suggestion } from './types'

export function getInfo(signal?: AbortSignal): Promise<Info> {
  return dataOf(client.GET('/api/v1/info/', { signal: withTimeout(signal) }))
}

export function getExamples(signal?: AbortSignal): Promise<Example[]> {
  return dataOf(client.GET('/api/v1/examples/', { signal: withTimeout(signal) }))
}

export function getFacets(filters: Filters, signal?: AbortSignal): Promise<Facets> {
  const params = { query: filterQuery(filters) }
  return dataOf(client.GET('/api/v1/facets/', { params, signal: withTimeout(signal) }))
}

export interface PageOfPrints {
  filters: Filters
  page: number
  pageSize: number
  /** What the list is ordered by; without it what fits the words best comes first. */
  order?: PrintOrder
}

export function getPrints({ filters, page, pageSize, order }: PageOfPrints, signal?: AbortSignal): Promise<PrintPage> {
  const params = { query: { ...filterQuery(filters), page, page_size: pageSize, ...(order ? { order } : {}) } }
  return dataOf(client.GET('/api/v1/prints/', { params, signal: withTimeout(signal) }))
}

/** Any one of the prints under the filters, but not this one again. */
export async function getRandomPrint(filters: Filters, otherThan?: number, signal?: AbortSignal): Promise<number> {
  const query = { ...filterQuery(filters), ...(otherThan === undefined ? {} : { other_than: otherThan }) }
  const { id } = await dataOf(client.GET('/api/v1/prints/random/', { params: { query }, signal: withTimeout(signal) }))
  return id
}

/** What somebody who typed this may mean. */
export function getSuggestions(q: string, signal?: AbortSignal): Promise<Suggestion[]> {
  return dataOf(client.GET('/api/v1/suggestions/', { params: { query: { q } }, signal: withTimeout(signal) }))
}

export function getPrint(id: number, signal?: AbortSignal): Promise<PrintDetail> {
  return dataOf(client.GET('/api/v1/prints/{print_id}/', { params: { path: { print_id: id } }, signal: withTimeout(signal) }))
}

export function getSimilarPrints(id: number, limit: number, signal?: AbortSignal): Promise<Search> {
  const params = { path: { print_id: id }, query: { limit } }
  return dataOf(client.GET('/api/v1/prints/{print_id}/similar/', { params, signal: withTimeout(signal) }))
}
