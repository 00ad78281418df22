/** Searches with the pictures of the list, one after the other, as gently as the server asks. */
import { ref, shallowRef } from 'vue'

import { ApiError, isAbort } from '@/api/errors'
import type { Search } from '@/api/types'

import { foundIn, isOpen, isPassing, type Queued } from './queued'
import type { QueueList } from './queueList'

/** Makes a picture small, and searches with it. */
export interface Searcher {
  prepare: (one: Queued) => Promise<void>
  search: (one: Queued, signal: AbortSignal) => Promise<Search>
}

/** Seconds between tries where the server does not say when; the last goes on. */
const WAITS = [5, 10, 20, 40, 60] as const

export class QueueRunner {
  readonly paused = ref(false)
  readonly running = ref(false)
  /** Why the list waits, for which picture, and until when. */
  readonly wait = shallowRef<{ id: number; error: ApiError; until: number } | null>(null)
  private current: { id: number; controller: AbortController } | null = null
  private wake: () => void = () => undefined

  constructor(private readonly pictures: QueueList) {}

  /** Searches until nothing waits. Called again while it runs, it goes on at once where it waited. */
  async run(searcher: Searcher): Promise<void> {
    this.paused.value = false
    this.wake()
    if (this.running.value) return
    this.running.value = true
    try {
      for (let next = this.next(); next !== null; next = this.next()) await this.settle(next, searcher)
    } finally {
      this.running.value = false
    }
  }

  private next(): Queued | null {
    return this.paused.value ? null : this.pictures.firstWaiting()
  }

  private async settle(one: Queued, searcher: Searcher): Promise<void> {
    for (let tries = 1; one.state === 'waiting' && !this.paused.value; tries++) {
      const error = await this.attempt(one, searcher)
      if (error === null) break
      if (isPassing(error, tries)) await this.waitFor(error.retryAfter ?? WAITS[Math.min(tries, WAITS.length) - 1] ?? 60, one.id, error)
      else Object.assign(one, { state: 'failed', error })
    }
    await this.pictures.keep(one)
  }

  /** Null where it was found out, or given up by the person. */
  private async attempt(one: Queued, searcher: Searcher): Promise<ApiError | null> {
    const controller = new AbortController()
    this.current = { id: one.id, controller }
    Object.assign(one, { state: 'sending', sent: 0, error: null })
    try {
      await searcher.prepare(one)
      controller.signal.throwIfAborted()
      const answer = await searcher.search(one, controller.signal)
      controller.signal.throwIfAborted()
      Object.assign(one, { ...foundIn(answer), state: 'done', choice: null })
      return null
    } catch (reason) {
      if (isAbort(reason) || controller.signal.aborted) return null
      one.state = 'waiting'
      return reason instanceof ApiError ? reason : new ApiError('unexpected', String(reason))
    } finally {
      this.current = null
    }
  }

  private waitFor(seconds: number, id: number, error: ApiError): Promise<void> {
    this.wait.value = { id, error, until: Date.now() + seconds * 1000 }
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.wake(), seconds * 1000)
      this.wake = () => {
        clearTimeout(timer)
        removeEventListener('online', this.wake)
        this.wait.value = null
        resolve()
      }
      // The network is back: nobody needs to wait for the rest of the seconds.
      if (error.code === 'offline') addEventListener('online', this.wake)
    })
  }

  /** The search that runs is finished, and none is begun. */
  pause(): void {
    this.paused.value = true
    this.wake()
  }

  cancel(ids: readonly number[]): void {
    for (const one of this.pictures.list.filter((each) => ids.includes(each.id) && isOpen(each))) {
      one.state = 'cancelled'
      if (this.current?.id === one.id) this.current.controller.abort()
      if (this.wait.value?.id === one.id) this.wake()
      void this.pictures.keep(one)
    }
  }
}
