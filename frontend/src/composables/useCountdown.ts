import { onScopeDispose, ref, type Ref } from 'vue'

export interface Countdown {
  /** Whole seconds left; null while nothing is counted. */
  remaining: Readonly<Ref<number | null>>
  start: (seconds: number) => void
  stop: () => void
}

/** Counts seconds down and then calls `onEnd` once; stops with the component. */
export function useCountdown(onEnd: () => void): Countdown {
  const remaining = ref<number | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
    remaining.value = null
  }

  function tick(): void {
    remaining.value = (remaining.value ?? 1) - 1
    if (remaining.value > 0) return
    stop()
    onEnd()
  }

  function start(seconds: number): void {
    stop()
    remaining.value = Math.max(1, Math.ceil(seconds))
    timer = setInterval(tick, 1000)
  }

  onScopeDispose(stop)
  return { remaining, start, stop }
}
