import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type RouteLocationRaw } from 'vue-router'

import { getRandomPrint } from '@/api/catalogue'
import type { Filters } from '@/api/filters'

import { useAction, type Action } from './useAction'
import { addressOf, filtersOf } from './useFilters'

const SIGN = 'surprise'

/** Leads to any print under the filters; its address remembers them, for another one. */
export function useSurprise(): Action<[filters: Filters]> {
  const router = useRouter()
  return useAction(async (filters: Filters) => router.push(drawnAddress(await getRandomPrint(filters), filters)))
}

/** On a record that was drawn so: another one, under the same filters. */
export function useAnother(): Action<[]> & { drawn: ComputedRef<boolean> } {
  const route = useRoute()
  const router = useRouter()
  const drawn = computed(() => route.name === 'print' && route.query[SIGN] !== undefined)
  const action = useAction(async () => {
    const filters = filtersOf(route.query)
    // In its place: "back" leads to where the first one was asked for.
    await router.replace(drawnAddress(await getRandomPrint(filters, Number(route.params.id)), filters))
  })
  return { ...action, drawn }
}

function drawnAddress(id: number, filters: Filters): RouteLocationRaw {
  return { name: 'print', params: { id }, query: { [SIGN]: '1', ...addressOf(filters) } }
}
