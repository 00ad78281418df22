import { onScopeDispose, ref, type Ref } from 'vue'

/** One element on the whole screen, where the browser can do that: telephones of one maker cannot. */
export function useFullScreen(element: Ref<HTMLElement | null>): {
  canFill: boolean
  filling: Readonly<Ref<boolean>>
  toggle: () => Promise<void>
} {
  const filling = ref(false)
  const update = (): void => {
    filling.value = document.fullscreenElement !== null && document.fullscreenElement === element.value
  }

  async function toggle(): Promise<void> {
    if (filling.value) await document.exitFullscreen()
    // An embedding page may forbid it: then nothing changes, and everything is still there.
    else await element.value?.requestFullscreen().catch(() => undefined)
  }

  document.addEventListener('fullscreenchange', update)
  onScopeDispose(() => document.removeEventListener('fullscreenchange', update))
  return { canFill: document.fullscreenEnabled === true, filling, toggle }
}
