import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'

import { getPrints } from '@/api/catalogue'
import type { Filters } from '@/api/filters'
import type { PrintListItem, PrintPage } from '@/api/types'

import { useResource, type Resource } from './useResource'

const PAGE_SIZE = 60

export interface PrintPagesResource extends Resource<PrintPage> {
  prints: Readonly<Ref<PrintListItem[]>>
  total: ComputedRef<number | null>
  hasMore: ComputedRef<boolean>
  showMore: () => void
}

/** The prints under the filters, page after page; from the first again when the filters change. */
export function usePrintPages(filters: Ref<Filters>): PrintPagesResource {
  const page = ref(1)
  const prints = shallowRef<PrintListItem[]>([])
  const filtersKey = computed(() => JSON.stringify(filters.value))

  async function load(signal: AbortSignal): Promise<PrintPage> {
    const number = page.value
    const answer = await getPrints({ filters: filters.value, page: number, pageSize: PAGE_SIZE }, signal)
    signal.throwIfAborted()
    prints.value = number === 1 ? answer.results : [...prints.value, ...answer.results]
    return answer
  }

  const resource = useResource(load)
  watch(
    filtersKey,
    () => {
      page.value = 1
      void resource.reload()
    },
    { immediate: true },
  )

  function showMore(): void {
    page.value += 1
    void resource.reload()
  }

  const total = computed(() => resource.data.value?.count ?? null)
  const hasMore = computed(() => total.value !== null && prints.value.length < total.value)
  return { ...resource, prints, total, hasMore, showMore }
}
