/** Reading the catalogue: prints, facets, examples, and what this server is. */
import { client, dataOf, withTimeout } from './client'
import { filterQuery, type Filters } from './filters'
import type { Example, Facets, Info, PrintDetail, PrintPage, Search } from './types'

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
}

export function getPrints({ filters, page, pageSize }: PageOfPrints, signal?: AbortSignal): Promise<PrintPage> {
  const params = { query: { ...filterQuery(filters), page, page_size: pageSize } }
  return dataOf(client.GET('/api/v1/prints/', { params, signal: withTimeout(signal) }))
}

export function getPrint(id: number, signal?: AbortSignal): Promise<PrintDetail> {
  return dataOf(client.GET('/api/v1/prints/{print_id}/', { params: { path: { print_id: id } }, signal: withTimeout(signal) }))
}

export function getSimilarPrints(id: number, limit: number, signal?: AbortSignal): Promise<Search> {
  const params = { path: { print_id: id }, query: { limit } }
  return dataOf(client.GET('/api/v1/prints/{print_id}/similar/', { params, signal: withTimeout(signal) }))
}
