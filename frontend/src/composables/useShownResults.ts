import { computed, nextTick, ref, watch, type ComputedRef, type Ref } from 'vue'

import type { Result } from '@/api/types'
import { useSearchesStore } from '@/stores/searches'

export const STEP = 25

export interface ShownResults {
  shown: ComputedRef<Result[]>
  /** How many more the next step brings; 0 at the end. */
  next: ComputedRef<number>
  showMore: () => Promise<void>
}

/** So many of the results at a time; whoever comes back to a search finds as many as were there. */
export function useShownResults(results: Ref<Result[]>, key: Ref<string>): ShownResults {
  const kept = useSearchesStore()
  const count = ref(STEP)
  watch(key, (now) => (count.value = kept.findShown(now) ?? STEP), { immediate: true })
  const shown = computed(() => results.value.slice(0, count.value))
  const next = computed(() => Math.min(STEP, Math.max(0, results.value.length - count.value)))

  async function showMore(): Promise<void> {
    count.value = Math.min(results.value.length, count.value + STEP)
    kept.keepShown(key.value, count.value)
    await nextTick()
  }

  return { shown, next, showMore }
}
