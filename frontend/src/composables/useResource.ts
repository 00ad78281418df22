import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type WatchSource } from 'vue'

import { ApiError, isAbort } from '@/api/errors'

import { useCountdown } from './useCountdown'

export type ResourceStatus = 'idle' | 'loading' | 'done' | 'failed' | 'cancelled'

export interface Resource<T> {
  status: Readonly<Ref<ResourceStatus>>
  /** The last answer; kept while the next one is fetched, so that a list does not blink. */
  data: Readonly<Ref<T | null>>
  error: Readonly<Ref<ApiError | null>>
  /** True until the first answer: the time for skeletons. */
  loadingFirst: ComputedRef<boolean>
  /** Seconds until it tries again by itself, when the server said when. */
  retryIn: Readonly<Ref<number | null>>
  reload: () => Promise<void>
  cancel: () => void
}

export interface ResourceOptions<T> {
  /** Loads at once and whenever this changes. */
  source?: WatchSource | WatchSource[]
  /** An answer at hand; with one nothing is fetched. */
  atHand?: () => T | null
}

/** What is on the screen: the state, the last answer, what went wrong. */
class ResourceState<T> {
  readonly status = ref<ResourceStatus>('idle')
  readonly data = shallowRef<T | null>(null)
  readonly error = shallowRef<ApiError | null>(null)

  finish(value: T): void {
    this.data.value = value
    this.error.value = null
    this.status.value = 'done'
  }

  fail(reason: unknown): ApiError {
    const error = reason instanceof ApiError ? reason : new ApiError('unexpected', String(reason))
    this.error.value = error
    this.status.value = 'failed'
    return error
  }
}

/**
 * Something fetched: its states, the abort of a request that is no longer wanted, and the second try that the
 * server asked for with `Retry-After`.
 */
export function useResource<T>(
  load: (signal: AbortSignal) => Promise<T>,
  { source, atHand }: ResourceOptions<T> = {},
): Resource<T> {
  const state = new ResourceState<T>()
  const { status, data, error } = state
  const countdown = useCountdown(() => void reload())
  let controller = new AbortController()

  function abort(): void {
    countdown.stop()
    controller.abort()
    controller = new AbortController()
  }

  async function reload(): Promise<void> {
    abort()
    const { signal } = controller
    const ready = atHand?.() ?? null
    if (ready !== null) return state.finish(ready)
    status.value = 'loading'
    try {
      const value = await load(signal)
      if (!signal.aborted) state.finish(value)
    } catch (reason) {
      if (signal.aborted || isAbort(reason)) return
      const { retryAfter } = state.fail(reason)
      if (retryAfter !== null) countdown.start(retryAfter)
    }
  }

  function cancel(): void {
    abort()
    status.value = 'cancelled'
  }

  onScopeDispose(() => controller.abort())
  if (source) watch(source, () => void reload(), { immediate: true })
  const loadingFirst = computed(() => status.value === 'loading' && data.value === null)
  return { status, data, error, loadingFirst, retryIn: countdown.remaining, reload, cancel }
}
