import { onScopeDispose, watch, type Ref } from 'vue'

/** More is put on the page before the end comes into sight. */
const AHEAD = '0px 0px 700px 0px'

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
