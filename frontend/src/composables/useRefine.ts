import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw, type RouteLocationNormalizedLoaded } from 'vue-router'

import { useRefinementsStore, type RefinementKind } from '@/stores/refinements'

/** How results are looked at: no part of what is searched for. */
export const VIEWING = ['evidence', 'look', 'view', 'page']

/** Changes what is searched for: each change is a step of the browser's history, and the last one can be undone. */
export function useRefine(): {
  refine: (kind: RefinementKind, query: LocationQueryRaw) => Promise<unknown>
  /** The change that led here; null when there was none, or another page came between. */
  undoable: ComputedRef<RefinementKind | null>
  undo: () => Promise<unknown>
} {
  const route = useRoute()
  const router = useRouter()
  const store = useRefinementsStore()
  const undoable = computed(() => (store.last?.to === wantedBy(route) ? store.last.kind : null))

  async function refine(kind: RefinementKind, query: LocationQueryRaw): Promise<unknown> {
    const before = { ...route.query }
    const failure = await router.push({ query })
    if (!failure) store.last = { kind, before, to: wantedBy(route) }
    return failure
  }

  function undo(): Promise<unknown> {
    return store.last ? refine('undone', store.last.before) : Promise.resolve()
  }

  return { refine, undoable, undo }
}

function wantedBy({ path, query }: RouteLocationNormalizedLoaded): string {
  return JSON.stringify([path, wantedQuery(query)])
}

function wantedQuery(query: LocationQuery): [string, unknown][] {
  return Object.entries(query)
    .filter(([name]) => !VIEWING.includes(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
}
