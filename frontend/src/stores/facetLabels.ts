import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

import { FACETS, type FacetName } from '@/api/filters'
import type { Facets } from '@/api/types'

/** What the values of the filters are called, as far as the server has said: the address holds numbers. */
export const useFacetLabelsStore = defineStore('facetLabels', () => {
  const labels = shallowReactive(new Map<string, string>())
  const keyOf = (name: FacetName, value: string): string => `${name} ${value}`

  function learn(facets: Facets): void {
    for (const name of FACETS) {
      for (const { value, label } of facets[name]) labels.set(keyOf(name, String(value)), label)
    }
  }

  function find(name: FacetName, value: string): string | null {
    return labels.get(keyOf(name, value)) ?? null
  }

  /** What a suggestion said. */
  function name(facet: FacetName, value: string, label: string): void {
    labels.set(keyOf(facet, value), label)
  }

  /** Another user may see other people and collections. */
  function forget(): void {
    labels.clear()
  }

  return { learn, find, name, forget }
})
