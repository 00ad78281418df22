import { onScopeDispose, watch } from 'vue'

import type { Resource } from './useResource'

const SLOWEST_MS = 60_000

/**
 * Asks again a while after each answer; `pause` says after how many milliseconds, null for not at all. After failures
 * the pauses grow, and nothing is asked while nobody looks at the tab.
 */
export function usePolling({ status, retryIn, reload }: Pick<Resource<unknown>, 'status' | 'retryIn' | 'reload'>, pause: () => number | null): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let missed = false

  function ask(): void {
    missed = document.hidden
    if (!missed) void reload()
  }

  function schedule(): void {
    clearTimeout(timer)
    const ms = pause()
    // With `retryIn` the resource tries again by itself.
    if (ms !== null && retryIn.value === null) timer = setTimeout(ask, Math.min(SLOWEST_MS, ms * 2 ** failures))
  }

  function catchUp(): void {
    // Who comes back from another tab has perhaps signed in there.
    if (!document.hidden && (missed || (failures > 0 && pause() !== null))) ask()
  }

  watch(status, (now) => {
    clearTimeout(timer)
    if (now !== 'done' && now !== 'failed') return
    failures = now === 'done' ? 0 : failures + 1
    schedule()
  })
  document.addEventListener('visibilitychange', catchUp)
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', catchUp)
  })
}
