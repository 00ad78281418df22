import { computed, onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'

/** On the root of the page while something fills its window: the page under it does not scroll. */
const FILLED = 'window-filled'

/**
 * One element on the whole screen. Telephones of one maker give no element that: there it gets the whole window, by the
 * class that the caller gives it while `fillsWindow`.
 */
export function useFullScreen(element: Ref<HTMLElement | null>): {
  isLarge: ComputedRef<boolean>
  fillsWindow: Readonly<Ref<boolean>>
  toggle: () => Promise<void>
  /** For Escape; out of the whole screen the browser leads by itself. */
  leaveWindow: () => void
} {
  const fillsScreen = ref(false)
  const fillsWindow = ref(false)
  const root = document.documentElement
  const update = (): void => {
    fillsScreen.value = document.fullscreenElement !== null && document.fullscreenElement === element.value
  }
  const leaveWindow = (): void => void (fillsWindow.value = false)

  async function toggle(): Promise<void> {
    if (fillsScreen.value) await document.exitFullscreen()
    else if (fillsWindow.value) leaveWindow()
    // An embedding page may forbid it.
    else if (!(await fillScreen(element.value))) fillsWindow.value = true
  }

  watch(fillsWindow, (now) => root.classList.toggle(FILLED, now))
  document.addEventListener('fullscreenchange', update)
  onScopeDispose(() => {
    document.removeEventListener('fullscreenchange', update)
    root.classList.remove(FILLED)
  })
  return { isLarge: computed(() => fillsScreen.value || fillsWindow.value), fillsWindow, toggle, leaveWindow }
}

/** Whether the browser can and will. */
async function fillScreen(element: HTMLElement | null): Promise<boolean> {
  if (element === null || document.fullscreenEnabled !== true) return false
  return element.requestFullscreen().then(
    () => true,
    () => false,
  )
}
