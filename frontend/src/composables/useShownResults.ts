import { computed, nextTick, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'

import type { Result } from '@/api/types'
import { useSearchesStore } from '@/stores/searches'

export const STEP = 25
/** More are put on the page before the end comes into sight. */
const AHEAD = '0px 0px 700px 0px'

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

/** Calls when the element comes near the window, and again while it stays there; not while it is told to wait. */
export function useNearness(element: Ref<HTMLElement | null>, waits: Ref<boolean>, whenNear: () => Promise<void>): void {
  const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void goOn(), { rootMargin: AHEAD })

  /** Observed anew, it is looked at anew: it may still be near. */
  function lookAnew(): void {
    observer.disconnect()
    if (element.value && !waits.value) observer.observe(element.value)
  }

  async function goOn(): Promise<void> {
    observer.disconnect()
    if (waits.value) return
    await whenNear()
    lookAnew()
  }

  watch([element, waits], lookAnew)
  onScopeDispose(() => observer.disconnect())
}
