import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ApiError } from '@/api/errors'
import type { Search } from '@/api/types'
import { stubLists } from '@/testing/device'
import { aFind, anAnswer } from '@/testing/samples'

import { useQueueStore } from './queue'
import { queuedFrom, storedOf, type Stored } from './queued'
import { MOST } from './queueList'
import type { Searcher } from './queueRunner'

const files = (count: number): File[] => Array.from({ length: count }, (_, index) => new File(['x'], `p${index + 1}.jpg`))

/** Answers, or refuses, one call after the other; the last answer is for all that follow. */
function searcherOf(...answers: (Search | ApiError)[]): Searcher & { searched: string[] } {
  const searched: string[] = []
  return {
    searched,
    prepare: async (one) => void (one.picture = new Blob(['x'])),
    search: async (one) => {
      searched.push(one.name)
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      if (answer instanceof Error) throw answer
      return answer as Search
    },
  }
}

const found = anAnswer([aFind()], { verdict: 'same_image' })

describe('the list of pictures', () => {
  beforeEach(() => setActivePinia(createPinia()))
  // The lists of all these tests listen at one window.
  afterEach(() => useQueueStore().clear())

  it('is searched one after the other', async () => {
    const queue = useQueueStore()
    await queue.add(files(3))
    const searcher = searcherOf(found)
    await queue.run(searcher)
    expect(searcher.searched).toEqual(['p1.jpg', 'p2.jpg', 'p3.jpg'])
    expect(queue.list.map(({ state, verdict }) => [state, verdict])).toEqual(Array(3).fill(['done', 'same_image']))
    expect(queue.left).toBe(0)
  })

  it('holds back what nobody here chose, through a reload, too', async () => {
    const queue = useQueueStore()
    await queue.add(files(2), true)
    const searcher = searcherOf(found)
    await queue.run(searcher)
    expect([queue.held, queue.left, searcher.searched]).toEqual([2, 2, []])
    expect(queue.list.map((one) => queuedFrom(storedOf(one, 'list')).state)).toEqual(['held', 'held'])
    queue.release()
    await queue.run(searcher)
    expect([queue.held, queue.left]).toEqual([0, 0])
  })

  it('takes no more than fit', async () => {
    const queue = useQueueStore()
    expect(await queue.add(files(MOST + 3))).toBe(MOST)
    expect(await queue.add(files(1))).toBe(0)
  })

  it('goes on after one that is refused, and tries it again when asked', async () => {
    const queue = useQueueStore()
    await queue.add(files(2))
    const searcher = searcherOf(new ApiError('bad_image', 'No picture.', 400), found)
    await queue.run(searcher)
    expect(queue.list.map(({ state }) => state)).toEqual(['failed', 'done'])
    expect(queue.list[0]?.error?.message).toBe('No picture.')
    queue.retry([1])
    await queue.run(searcher)
    expect(queue.list.map(({ state }) => state)).toEqual(['done', 'done'])
  })

  it('waits as long as the server asks', async () => {
    vi.useFakeTimers()
    const queue = useQueueStore()
    await queue.add(files(1))
    const searcher = searcherOf(new ApiError('throttled', 'Too many.', 429, 30), found)
    const running = queue.run(searcher)
    await vi.advanceTimersByTimeAsync(29_000)
    expect(queue.wait?.error.code).toBe('throttled')
    expect(searcher.searched).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_000)
    await running
    expect(queue.wait).toBeNull()
    expect(queue.list[0]?.state).toBe('done')
  })

  it('goes on before that when a person says so', async () => {
    vi.useFakeTimers()
    const queue = useQueueStore()
    await queue.add(files(1))
    const searcher = searcherOf(new ApiError('unreachable', ''), found)
    const running = queue.run(searcher)
    await vi.advanceTimersByTimeAsync(10)
    await queue.run(searcher)
    await running
    expect(queue.list[0]?.state).toBe('done')
  })

  it('goes on as soon as the network is back', async () => {
    const queue = useQueueStore()
    await queue.add(files(1))
    const running = queue.run(searcherOf(new ApiError('offline', ''), found))
    await vi.waitFor(() => expect(queue.wait).not.toBeNull())
    window.dispatchEvent(new Event('online'))
    await running
    expect(queue.list[0]?.state).toBe('done')
  })

  it('does not wait for a slow server for ever', async () => {
    vi.useFakeTimers()
    const queue = useQueueStore()
    await queue.add(files(1))
    const searcher = searcherOf(new ApiError('timeout', ''))
    const running = queue.run(searcher)
    await vi.advanceTimersByTimeAsync(60_000)
    await running
    expect(searcher.searched).toHaveLength(2)
    expect(queue.list[0]?.state).toBe('failed')
  })

  it('finishes the one that is searched for when paused, and begins no other', async () => {
    const queue = useQueueStore()
    await queue.add(files(2))
    const searcher = searcherOf(found)
    const running = queue.run(searcher)
    queue.pause()
    await running
    expect(queue.list.map(({ state }) => state)).toEqual(['done', 'waiting'])
    await queue.run(searcher)
    expect(queue.left).toBe(0)
  })

  it('gives up what is cancelled while it is on its way', async () => {
    const queue = useQueueStore()
    await queue.add(files(2))
    const searcher = searcherOf(found)
    const search = vi.spyOn(searcher, 'search').mockImplementationOnce(
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))),
    )
    const running = queue.run(searcher)
    await vi.waitFor(() => expect(search).toHaveBeenCalled())
    queue.cancel([1])
    await running
    expect(queue.list.map(({ state }) => state)).toEqual(['cancelled', 'done'])
  })

  it('brings back what was removed last, where it was', async () => {
    const queue = useQueueStore()
    await queue.add(files(3))
    queue.remove(2)
    expect(queue.list.map(({ id }) => id)).toEqual([1, 3])
    queue.undoRemove()
    expect(queue.list.map(({ id }) => id)).toEqual([1, 2, 3])
  })

  it('leaves no picture of another tab, open or closed, to the next one at the device', async () => {
    const kept = stubLists<Stored>()
    const [mine, theirs] = [useQueueStore(), useQueueStore(createPinia())]
    for (const queue of [theirs, mine]) {
      sessionStorage.removeItem('recto.queue')
      await queue.add(files(1))
      const [one] = queue.list
      if (one) await queue.keep(Object.assign(one, { picture: new Blob(['x']) }))
    }
    expect(new Set([...kept.values()].map(({ list }) => list)).size).toBe(2)
    await mine.forget()
    expect([mine.list, [...kept.values()]]).toEqual([[], []])
    await theirs.clear()
    vi.unstubAllGlobals()
  })

  it('drops what was found by somebody who has signed out', async () => {
    const queue = useQueueStore()
    await queue.add(files(2))
    Object.assign(queue.list[0] ?? {}, { closed: true })
    queue.dropClosed()
    expect(queue.list.map(({ id }) => id)).toEqual([2])
    expect(queue.dropped).toBeNull()
  })

  it('holds back who would lose it by closing the window, where the browser keeps nothing', async () => {
    // Through a window of its own: the stores of other specs still listen to the one they share.
    const closing = new EventTarget()
    vi.spyOn(window, 'addEventListener').mockImplementation((...listening) => closing.addEventListener(...(listening as Parameters<EventTarget['addEventListener']>)))
    const queue = useQueueStore()
    const isHeldBack = (): boolean => !closing.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    expect([queue.unkept, isHeldBack()]).toEqual([false, false])
    await queue.add(files(1))
    expect([queue.keeps, queue.unkept, isHeldBack()]).toEqual([false, true, true])
    await queue.clear()
    expect(isHeldBack()).toBe(false)
  })
})
