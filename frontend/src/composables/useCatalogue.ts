/** Reading the catalogue from a component, with the states of a resource. */
import { toValue, type MaybeRefOrGetter } from 'vue'

import { getExamples, getPrint, getSimilarPrints } from '@/api/catalogue'
import type { Example, Info, PrintDetail, Search } from '@/api/types'
import { useServerStore } from '@/stores/server'
import { useSessionStore } from '@/stores/session'

import { useResource, type Resource } from './useResource'

const SIMILAR = 12

export function useExamples(): Resource<Example[]> {
  return useResource(getExamples, { source: () => 'once' })
}

export function useInfo(): Resource<Info> {
  const server = useServerStore()
  const session = useSessionStore()
  // The counts are of what this user may see.
  return useResource((signal) => server.load(signal), { source: () => session.user?.id ?? 0, atHand: () => server.info })
}

export function usePrint(id: MaybeRefOrGetter<number>): Resource<PrintDetail> {
  return useResource((signal) => getPrint(toValue(id), signal), { source: () => toValue(id) })
}

export function useSimilarPrints(id: MaybeRefOrGetter<number>): Resource<Search> {
  return useResource((signal) => getSimilarPrints(toValue(id), SIMILAR, signal), { source: () => toValue(id) })
}
