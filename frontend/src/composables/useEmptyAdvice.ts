import type { Ref } from 'vue'

import { getPrints } from '@/api/catalogue'
import { noFilters, type Filters } from '@/api/filters'

import { ALL_YEARS, limitsYears, sameFilters } from './useFilters'
import { useResource, type Resource } from './useResource'

/** A way out of a list that is empty, and how many prints it would give. */
export interface Advice {
  kind: 'withoutWord' | 'withoutFilters' | 'withoutYears' | 'withoutWords'
  /** The word that is left out. */
  word: string
  filters: Filters
  count: number
}

/** Each of them is a question to the server. */
const MOST_WORDS = 4

/** What would leave something, the most careful change first; only what would. */
export function useEmptyAdvice(filters: Ref<Filters>): Resource<Advice[]> {
  return useResource(async (signal) => (await Promise.all(waysOut(filters.value).map((way) => counted(way, signal)))).filter(({ count }) => count > 0), {
    source: () => JSON.stringify(filters.value),
  })
}

async function counted(way: Omit<Advice, 'count'>, signal: AbortSignal): Promise<Advice> {
  const { count } = await getPrints({ filters: way.filters, page: 1, pageSize: 1 }, signal)
  return { ...way, count }
}

export function waysOut(filters: Filters): Omit<Advice, 'count'>[] {
  // (Words in quotes are one, as the server reads them.)
  const words = filters.q.match(/["“”„«»][^"“”„«»]*["“”„«»]|\S+/g) ?? []
  const wordsOnly = { ...noFilters(), q: filters.q }
  const filtersOnly = { ...filters, q: '' }
  const filtered = !sameFilters(filtersOnly, noFilters())
  const dropped = words.length > 1 && words.length <= MOST_WORDS ? words : []
  const ways = [
    ...dropped.map((word) => ({ kind: 'withoutWord' as const, word, filters: { ...filters, q: words.filter((one) => one !== word).join(' ') } })),
    ...(limitsYears(filters) ? [{ kind: 'withoutYears' as const, word: '', filters: { ...filters, ...ALL_YEARS } }] : []),
    ...(filtered && words.length > 0 ? [{ kind: 'withoutFilters' as const, word: '', filters: wordsOnly }] : []),
    ...(filtered && words.length > 0 ? [{ kind: 'withoutWords' as const, word: '', filters: filtersOnly }] : []),
  ]
  // Without the only filter is without the filters: the same question is asked once, and offered by its narrower name.
  return ways.filter((way, index) => ways.findIndex((one) => sameFilters(one.filters, way.filters)) === index)
}
