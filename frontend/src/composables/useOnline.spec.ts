import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { effectScope } from 'vue'

import { useOnline } from './useOnline'

let network: MockInstance<() => boolean>

beforeEach(() => {
  vi.useFakeTimers()
  network = vi.spyOn(navigator, 'onLine', 'get')
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('useOnline', () => {
  it('follows the events of the browser', () => {
    const online = effectScope().run(useOnline)
    network.mockReturnValue(false)
    window.dispatchEvent(new Event('offline'))
    expect(online?.value).toBe(false)
    network.mockReturnValue(true)
    window.dispatchEvent(new Event('online'))
    expect(online?.value).toBe(true)
  })

  it('asks again where the event came before the network', () => {
    network.mockReturnValue(false)
    const online = effectScope().run(useOnline)
    window.dispatchEvent(new Event('online'))
    expect(online?.value).toBe(false)
    network.mockReturnValue(true)
    vi.advanceTimersByTime(2000)
    expect(online?.value).toBe(true)
  })

  it('asks no more when it is not needed any more', () => {
    network.mockReturnValue(false)
    const scope = effectScope()
    scope.run(useOnline)
    scope.stop()
    network.mockClear()
    vi.advanceTimersByTime(60_000)
    expect(network).not.toHaveBeenCalled()
  })
})
