import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const ASK_AGAIN_MS = 2000

/** Whether the browser believes that it has a network. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = ref(navigator.onLine)
  let asking: ReturnType<typeof setTimeout> | undefined
  const update = (): void => {
    clearTimeout(asking)
    online.value = navigator.onLine
    // On a busy device it may say so only after its event, and there is one event: who stays without is asked again.
    if (!online.value) asking = setTimeout(update, ASK_AGAIN_MS)
  }
  update()
  window.addEventListener('online', update)
  window.addEventListener('offline', update)
  onScopeDispose(() => {
    clearTimeout(asking)
    window.removeEventListener('online', update)
    window.removeEventListener('offline', update)
  })
  return readonly(online)
}
