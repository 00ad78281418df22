import type { Ref } from 'vue'

import { getFacets } from '@/api/catalogue'
import type { FacetName, Filters } from '@/api/filters'
import type { Facets } from '@/api/types'
import { useFacetLabelsStore } from '@/stores/facetLabels'

import { useResource, type Resource } from './useResource'

/** One value of a filter, as text, since the address holds texts. */
export interface FacetOption {
  value: string
  label: string
  count: number
}

export interface FacetsResource extends Resource<Facets> {
  optionsOf: (name: FacetName) => FacetOption[]
}

/** The filter options and how many prints each leaves, counted anew whenever the filters change. */
export function useFacets(filters: Ref<Filters>): FacetsResource {
  const labels = useFacetLabelsStore()
  const resource = useResource(load, { source: () => JSON.stringify(filters.value) })

  async function load(signal: AbortSignal): Promise<Facets> {
    const facets = await getFacets(filters.value, signal)
    labels.learn(facets)
    return facets
  }

  /** Without the options that would leave nothing, unless one is chosen and can be taken back. */
  function optionsOf(name: FacetName): FacetOption[] {
    const chosen = filters.value[name]
    const options = resource.data.value?.[name] ?? []
    const texts = options.map((option) => ({ ...option, value: String(option.value) }))
    return texts.filter((option) => option.count > 0 || chosen.includes(option.value))
  }

  return { ...resource, optionsOf }
}
