import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { PageOf } from '@/api/types'

import { useResource, type Resource } from './useResource'

export interface NumberedPages<T> extends Resource<PageOf<T>> {
  page: ComputedRef<number>
  items: ComputedRef<T[]>
  turnTo: (page: number) => void
}

/** A list of which one page is shown, `?page=` in the address; loaded anew when the page or the source changes. */
export function useNumberedPages<T>(
  loadPage: (page: number, signal: AbortSignal) => Promise<PageOf<T>>,
  source: () => unknown = () => null,
): NumberedPages<T> {
  const route = useRoute()
  const router = useRouter()
  const page = computed(() => {
    const text = [route.query.page].flat()[0] ?? ''
    return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
  })
  const resource = useResource((signal) => loadPage(page.value, signal), {
    source: () => JSON.stringify([page.value, source()]),
  })
  const items = computed(() => resource.data.value?.results ?? [])

  function turnTo(number: number): void {
    void router.push({ query: { ...route.query, page: number === 1 ? undefined : String(number) } })
  }

  return { ...resource, page, items, turnTo }
}
