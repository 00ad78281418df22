import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { LocationQueryRaw } from 'vue-router'

export type RefinementKind = 'framing' | 'filters' | 'undone'

/** A change of what is searched for: what it was, the address before it, and the one it led to. */
export interface Refinement {
  kind: RefinementKind
  before: LocationQueryRaw
  /** The address it led to, as `useRefine` writes it. */
  to: string
}

/** The last refinement, so that it can be undone while its results are on the screen. */
export const useRefinementsStore = defineStore('refinements', () => {
  const last = shallowRef<Refinement | null>(null)
  return { last }
})
