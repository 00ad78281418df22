import { flushPromises } from '@vue/test-utils'
import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ApiError } from '@/api/errors'

import { usePolling } from './usePolling'
import { useResource } from './useResource'

let hidden = false
let scope = effectScope()

beforeEach(() => {
  vi.useFakeTimers()
  hidden = false
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden)
  scope = effectScope()
})
afterEach(() => scope.stop())

async function polled(load: () => Promise<unknown>, pause: () => number | null = () => 1000): Promise<void> {
  scope.run(() => usePolling(useResource(load, { source: () => 'once' }), pause))
  await flushPromises()
}

describe('usePolling', () => {
  it('asks again a while after each answer', async () => {
    const load = vi.fn(() => Promise.resolve('answer'))
    await polled(load)
    await vi.advanceTimersByTimeAsync(999)
    expect(load).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1500)
    expect(load).toHaveBeenCalledTimes(3)
  })

  it('asks once where there is nothing to wait for', async () => {
    const load = vi.fn(() => Promise.resolve('answer'))
    await polled(load, () => null)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('asks nothing while nobody looks, and at once when somebody does again', async () => {
    const load = vi.fn(() => Promise.resolve('answer'))
    await polled(load)
    hidden = true
    await vi.advanceTimersByTimeAsync(600_000)
    expect(load).toHaveBeenCalledTimes(1)
    hidden = false
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('waits twice as long after each failure, a minute at most', async () => {
    const load = vi.fn(() => Promise.reject(new ApiError('broken', 'Broken.', 500)))
    await polled(load)
    await vi.advanceTimersByTimeAsync(2000 + 4000 + 8000)
    expect(load).toHaveBeenCalledTimes(4)
    await vi.advanceTimersByTimeAsync(16_000 + 32_000 + 60_000 + 60_000)
    expect(load).toHaveBeenCalledTimes(8)
  })

  it('asks at once after failures when somebody comes back from another tab', async () => {
    const load = vi.fn(() => Promise.reject(new ApiError('not_authenticated', 'Sign in.', 403)))
    await polled(load)
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(load).toHaveBeenCalledTimes(2)
  })

  it('ends with the component', async () => {
    const load = vi.fn(() => Promise.resolve('answer'))
    await polled(load)
    scope.stop()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(load).toHaveBeenCalledTimes(1)
  })
})
