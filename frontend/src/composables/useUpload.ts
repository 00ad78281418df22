import { onScopeDispose, ref, type Ref } from 'vue'

import type { Sending } from '@/api/upload'

import { useAction, type Action } from './useAction'

export interface Upload<Args extends unknown[]> extends Action<Args> {
  /** The share that was sent, 0 to 1; null while nothing is on its way. */
  sent: Readonly<Ref<number | null>>
  cancel: () => void
}

/** Sends something large: how far it is, and a way to stop it. Leaving the page stops it, too. */
export function useUpload<Args extends unknown[]>(send: (sending: Sending, ...args: Args) => Promise<unknown>): Upload<Args> {
  const sent = ref<number | null>(null)
  let controller = new AbortController()

  const action = useAction(async (...args: Args) => {
    controller = new AbortController()
    sent.value = 0
    const onSent = (share: number): void => void (sent.value = share)
    await send({ onSent, signal: controller.signal }, ...args).finally(() => (sent.value = null))
  })

  const cancel = (): void => controller.abort()
  onScopeDispose(cancel)
  return { ...action, sent, cancel }
}
