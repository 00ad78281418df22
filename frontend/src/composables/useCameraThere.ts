import { onScopeDispose, readonly, ref, type Ref } from 'vue'

import { mayUseCamera } from './useCamera'

/** Whether there is a camera that the page may ask for. Browsers tell that there is one before they allow it. */
export function useCameraThere(): Readonly<Ref<boolean>> {
  const there = ref(false)
  if (!mayUseCamera()) return readonly(there)

  async function look(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
    there.value = devices.some(({ kind }) => kind === 'videoinput')
  }

  const listener = (): void => void look()
  navigator.mediaDevices.addEventListener('devicechange', listener)
  onScopeDispose(() => navigator.mediaDevices.removeEventListener('devicechange', listener))
  void look()
  return readonly(there)
}
