import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type WatchSource } from 'vue'

import { useResource, type Resource } from './useResource'

interface PageLike<T> {
  count: number
  results: T[]
}

export interface Pages<T, P extends PageLike<T>> extends Resource<P> {
  /** The items of all pages that were fetched. */
  items: Readonly<Ref<T[]>>
  total: ComputedRef<number | null>
  hasMore: ComputedRef<boolean>
  showMore: () => void
  /** From the first page again: what is listed changed on the server. */
  startAnew: () => void
}

/** A list that comes page by page; from the first again when the source changes. */
export function usePages<T, P extends PageLike<T>>(
  loadPage: (page: number, signal: AbortSignal) => Promise<P>,
  source: WatchSource = () => 'once',
): Pages<T, P> {
  const page = ref(1)
  const items = shallowRef<T[]>([])

  const resource = useResource(async (signal) => {
    const number = page.value
    const answer = await loadPage(number, signal)
    signal.throwIfAborted()
    items.value = number === 1 ? answer.results : [...items.value, ...answer.results]
    return answer
  })

  function turnTo(number: number): void {
    page.value = number
    void resource.reload()
  }

  const startAnew = () => turnTo(1)
  const showMore = () => turnTo(page.value + 1)
  watch(source, startAnew, { immediate: true })
  const total = computed(() => resource.data.value?.count ?? null)
  const hasMore = computed(() => total.value !== null && items.value.length < total.value)
  return { ...resource, items, total, hasMore, showMore, startAnew }
}
