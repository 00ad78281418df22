import { computed, type ComputedRef } from 'vue'
import { useRoute, type LocationQuery, type LocationQueryRaw } from 'vue-router'

import { FACETS, filterQuery, noFilters, type Filters } from '@/api/filters'

import { useRefine } from './useRefine'

export { FACETS, noFilters }

// With other filters a list starts at its first page.
const NAMES = [...FACETS, 'year_from', 'year_to', 'include_undated', 'q', 'page']

/** The filters in the address: a filtered list is a link, and each choice a step that Back takes back. */
export function useFilters(): {
  filters: ComputedRef<Filters>
  activeCount: ComputedRef<number>
  setFilters: (filters: Filters) => Promise<unknown>
  clearFilters: () => Promise<unknown>
} {
  const route = useRoute()
  const { refine } = useRefine()
  const filters = computed(() => filtersOf(route.query))
  const activeCount = computed(() => countFilters(filters.value))

  async function setFilters(next: Filters): Promise<unknown> {
    if (sameFilters(next, filters.value)) return undefined
    return refine('filters', { ...withoutFilters(route.query), ...addressOf(next) })
  }

  return { filters, activeCount, setFilters, clearFilters: () => setFilters(noFilters()) }
}

export function filtersOf(query: LocationQuery): Filters {
  const filters = noFilters()
  for (const name of FACETS) filters[name] = textsOf(query[name])
  filters.yearFrom = yearOf(query.year_from)
  filters.yearTo = yearOf(query.year_to)
  filters.includeUndated = textsOf(query.include_undated)[0] === 'true'
  filters.q = textsOf(query.q)[0] ?? ''
  return filters
}

export function addressOf(filters: Filters): LocationQueryRaw {
  const entries = Object.entries(filterQuery(filters))
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]))
}

export const ALL_YEARS = { yearFrom: null, yearTo: null, includeUndated: false } as const

export function limitsYears({ yearFrom, yearTo }: Filters): boolean {
  return yearFrom !== null || yearTo !== null
}

export function sameFilters(one: Filters, other: Filters): boolean {
  return JSON.stringify(filterQuery(one)) === JSON.stringify(filterQuery(other))
}

export function countFilters(filters: Filters): number {
  const years = limitsYears(filters) ? 1 : 0
  const options = FACETS.reduce((count, name) => count + filters[name].length, 0)
  return options + years + (filters.q.trim() === '' ? 0 : 1)
}

function withoutFilters(query: LocationQuery): LocationQuery {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !NAMES.includes(name)))
}

function textsOf(value: LocationQuery[string] | undefined): string[] {
  return [value ?? []].flat().filter((one): one is string => typeof one === 'string' && one !== '')
}

function yearOf(value: LocationQuery[string] | undefined): number | null {
  const text = textsOf(value)[0]
  return text !== undefined && /^-?\d{1,4}$/.test(text) ? Number(text) : null
}
