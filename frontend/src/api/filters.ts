/** The filters, the same for searching, browsing and counting. */

export const FACETS = ['collection', 'institution', 'classification', 'technique', 'person', 'relation'] as const
/** Those whose values are numbers for the API. */
const BY_ID = ['institution', 'classification', 'technique', 'person'] as const
export type FacetName = (typeof FACETS)[number]

/** As the address holds them: the chosen values as texts, ids too. */
export type Filters = Record<FacetName, string[]> & {
  yearFrom: number | null
  yearTo: number | null
  includeUndated: boolean
  q: string
}

/** Filters under the API's names; what is not set is left out. */
export interface FilterQuery {
  collection?: string[]
  institution?: number[]
  classification?: number[]
  technique?: number[]
  person?: number[]
  relation?: string[]
  year_from?: number
  year_to?: number
  include_undated?: boolean
  q?: string
}

export function noFilters(): Filters {
  return {
    collection: [],
    institution: [],
    classification: [],
    technique: [],
    person: [],
    relation: [],
    yearFrom: null,
    yearTo: null,
    includeUndated: false,
    q: '',
  }
}

export function filterQuery(filters: Filters): FilterQuery {
  const query: FilterQuery = {}
  if (filters.collection.length > 0) query.collection = filters.collection
  if (filters.relation.length > 0) query.relation = filters.relation
  for (const name of BY_ID) {
    const ids = filters[name].map(Number).filter(Number.isSafeInteger)
    if (ids.length > 0) query[name] = ids
  }
  if (filters.yearFrom !== null) query.year_from = filters.yearFrom
  if (filters.yearTo !== null) query.year_to = filters.yearTo
  if (filters.includeUndated) query.include_undated = true
  if (filters.q.trim() !== '') query.q = filters.q.trim()
  return query
}
