import { ref, shallowRef, type Ref } from 'vue'

import { ApiError, isAbort } from '@/api/errors'

export interface Action<Args extends unknown[]> {
  /** Does it, one at a time. Whether it was done; when not, `error` says why. */
  run: (...args: Args) => Promise<boolean>
  busy: Readonly<Ref<boolean>>
  error: Readonly<Ref<ApiError | null>>
  clearError: () => void
}

/** Something that changes the server's state when a person asks for it. */
export function useAction<Args extends unknown[]>(act: (...args: Args) => Promise<unknown>): Action<Args> {
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)

  function clearError(): void {
    error.value = null
  }

  async function run(...args: Args): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    clearError()
    try {
      await act(...args)
      return true
    } catch (reason) {
      // Cancelled by the person: nothing to say.
      if (!isAbort(reason)) error.value = reason instanceof ApiError ? reason : new ApiError('unexpected', String(reason))
      return false
    } finally {
      busy.value = false
    }
  }

  return { run, busy, error, clearError }
}
