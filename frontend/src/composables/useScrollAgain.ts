import { nextTick, watch, type Ref } from 'vue'

import type { ResourceStatus } from './useResource'

/** After a reload the page is as long again as it was only when its list is there; then it is where it was. */
export function useScrollAgain(status: Readonly<Ref<ResourceStatus>>): void {
  const place = (window.history.state as { scroll?: { left: number; top: number } | null } | null)?.scroll
  if (!place) return
  const stop = watch(status, async (now) => {
    if (now !== 'done') return
    stop()
    await nextTick()
    // Who has scrolled meanwhile stays there.
    if (window.scrollY === 0) window.scrollTo(place)
  })
}
