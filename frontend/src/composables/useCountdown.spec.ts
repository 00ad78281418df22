import { effectScope } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { useCountdown } from './useCountdown'

beforeEach(() => void vi.useFakeTimers())

describe('useCountdown', () => {
  it('counts whole seconds down and ends once', () => {
    const onEnd = vi.fn()
    const { remaining, start } = useCountdownIn(onEnd)
    start(1.4)
    expect(remaining.value).toBe(2)
    vi.advanceTimersByTime(1000)
    expect(remaining.value).toBe(1)
    vi.advanceTimersByTime(60_000)
    expect(remaining.value).toBeNull()
    expect(onEnd).toHaveBeenCalledOnce()
  })

  it('waits a second even when asked for none', () => {
    const onEnd = vi.fn()
    useCountdownIn(onEnd).start(0)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1000)
    expect(onEnd).toHaveBeenCalledOnce()
  })

  it('stops when asked to, and when its component goes', () => {
    const onEnd = vi.fn()
    const one = useCountdownIn(onEnd)
    one.start(2)
    one.stop()
    const other = useCountdownIn(onEnd)
    other.start(2)
    other.scope.stop()
    vi.advanceTimersByTime(10_000)
    expect(onEnd).not.toHaveBeenCalled()
  })
})

function useCountdownIn(onEnd: () => void) {
  const scope = effectScope()
  const countdown = scope.run(() => useCountdown(onEnd))
  if (!countdown) throw new Error('The scope is stopped.')
  return { ...countdown, scope }
}
