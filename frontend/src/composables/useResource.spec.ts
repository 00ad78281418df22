import { flushPromises } from '@vue/test-utils'
import { effectScope, ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'

import { ApiError } from '@/api/errors'

import { useResource, type ResourceOptions } from './useResource'

function resourceOf<T>(load: (signal: AbortSignal) => Promise<T>, options: ResourceOptions<T> = {}) {
  const resource = effectScope().run(() => useResource(load, options))
  if (!resource) throw new Error('The scope is stopped.')
  return resource
}

describe('useResource', () => {
  it('loads when its source changes and keeps the last answer meanwhile', async () => {
    const source = ref(1)
    const resource = resourceOf(() => Promise.resolve(source.value * 10), { source })
    expect(resource.loadingFirst.value).toBe(true)
    await flushPromises()
    expect([resource.status.value, resource.data.value]).toEqual(['done', 10])
    source.value = 2
    await Promise.resolve()
    expect([resource.status.value, resource.data.value, resource.loadingFirst.value]).toEqual(['loading', 10, false])
    await flushPromises()
    expect(resource.data.value).toBe(20)
  })

  it('forgets the answer to a question that is no longer asked', async () => {
    const answers: ((value: string) => void)[] = []
    const signals: AbortSignal[] = []
    const resource = resourceOf((signal) => {
      signals.push(signal)
      return new Promise<string>((resolve) => answers.push(resolve))
    })
    void resource.reload()
    void resource.reload()
    answers[1]?.('second')
    answers[0]?.('first')
    await flushPromises()
    expect(resource.data.value).toBe('second')
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
  })

  it('shows the error of the API, and any other as an error of its own', async () => {
    const refused = resourceOf(() => Promise.reject(new ApiError('not_found', 'There is no print 9.', 404)))
    const broken = resourceOf(() => Promise.reject(new TypeError('x is undefined')))
    await Promise.all([refused.reload(), broken.reload()])
    expect([refused.status.value, refused.error.value?.code]).toEqual(['failed', 'not_found'])
    expect(broken.error.value?.code).toBe('unexpected')
  })

  it('tries again by itself when the server said when', async () => {
    vi.useFakeTimers()
    const load = vi.fn<() => Promise<string>>()
    load.mockRejectedValueOnce(new ApiError('extractor_away', 'Away.', 503, 2)).mockResolvedValue('back')
    const resource = resourceOf(load)
    await resource.reload()
    expect(resource.retryIn.value).toBe(2)
    await vi.advanceTimersByTimeAsync(2000)
    expect([resource.status.value, resource.data.value, resource.retryIn.value]).toEqual(['done', 'back', null])
  })

  it('does not fetch what is at hand', async () => {
    const load = vi.fn(() => Promise.resolve('fetched'))
    const resource = resourceOf(load, { source: () => 1, atHand: () => 'at hand' })
    expect([resource.status.value, resource.data.value]).toEqual(['done', 'at hand'])
    expect(load).not.toHaveBeenCalled()
  })

  it('can be cancelled', async () => {
    const resource = resourceOf(
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    )
    void resource.reload()
    resource.cancel()
    await flushPromises()
    expect([resource.status.value, resource.error.value]).toEqual(['cancelled', null])
  })
})
