/** Several pictures to search with, one after the other. The list outlives the page, and a reload where it can. */
import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef } from 'vue'

import { ApiError, isAbort } from '@/api/errors'
import type { Search } from '@/api/types'

import { foundIn, isOpen, isPassing, queuedFrom, queuedOf, storedOf, type Choice, type Queued, type Stored } from './queued'
import { openShelf, type Shelf } from './queueShelf'

/** Makes a picture small, and searches with it. */
export interface Worker {
  prepare: (one: Queued) => Promise<void>
  search: (one: Queued, signal: AbortSignal) => Promise<Search>
}

export const MOST = 200
/** Seconds between tries where the server does not say when; the last goes on. */
const WAITS = [5, 10, 20, 40, 60] as const

export const useQueueStore = defineStore('queue', () => {
  const list = reactive<Queued[]>([])
  const paused = ref(false)
  const running = ref(false)
  /** Why the list waits, and until when. */
  const wait = shallowRef<{ id: number; error: ApiError; until: number } | null>(null)
  /** Whether the browser keeps the list; null until that is known. */
  const keeps = ref<boolean | null>(null)
  const dropped = shallowRef<{ one: Queued; index: number } | null>(null)
  let shelf: Shelf<Stored> | null = null
  let opening: Promise<void> | null = null
  let last = 0
  let current: { id: number; controller: AbortController } | null = null
  let wake: () => void = () => undefined

  const left = computed(() => list.filter(isOpen).length)
  /** Whether a reload would lose something. */
  const unkept = computed(() => list.length > 0 && (keeps.value === false || list.some(({ picture }) => picture === null)))
  const firstWaiting = (): Queued | null => list.find(({ state }) => state === 'waiting') ?? null

  /** Takes up what an earlier load of this page left. */
  function load(): Promise<void> {
    opening ??= openShelf<Stored>().then(async (opened) => {
      shelf = opened
      keeps.value = opened !== null
      const stored = (await opened?.all().catch(() => [])) ?? []
      list.push(...stored.sort((a, b) => a.id - b.id).map(queuedFrom))
      last = Math.max(0, ...list.map(({ id }) => id))
    })
    return opening
  }

  /** Adds as many as there is room for; how many that were. */
  async function add(files: readonly File[]): Promise<number> {
    await load()
    const taken = files.slice(0, Math.max(0, MOST - list.length))
    for (const file of taken) list.push(queuedOf(++last, file))
    return taken.length
  }

  async function keep(one: Queued): Promise<void> {
    // Removed meanwhile, or not made small yet.
    if (shelf === null || one.picture === null || !list.includes(one)) return
    await shelf.put(storedOf(one, shelf.list)).catch(() => (keeps.value = false))
  }

  /** Searches until nothing waits. Called again while it runs, it goes on at once where it waited. */
  async function run(worker: Worker): Promise<void> {
    paused.value = false
    wake()
    if (running.value) return
    running.value = true
    try {
      for (let next = firstWaiting(); next !== null && !paused.value; next = firstWaiting()) await settle(next, worker)
    } finally {
      running.value = false
    }
  }

  async function settle(one: Queued, worker: Worker): Promise<void> {
    for (let tries = 1; one.state === 'waiting' && !paused.value; tries++) {
      const error = await attempt(one, worker)
      if (error === null) break
      if (isPassing(error, tries)) await waitFor(error.retryAfter ?? WAITS[Math.min(tries, WAITS.length) - 1] ?? 60, one.id, error)
      else Object.assign(one, { state: 'failed', error })
    }
    await keep(one)
  }

  /** Null where it was found out, or given up by the person. */
  async function attempt(one: Queued, worker: Worker): Promise<ApiError | null> {
    const controller = new AbortController()
    current = { id: one.id, controller }
    Object.assign(one, { state: 'sending', sent: 0, error: null })
    try {
      await worker.prepare(one)
      controller.signal.throwIfAborted()
      const answer = await worker.search(one, controller.signal)
      controller.signal.throwIfAborted()
      Object.assign(one, { ...foundIn(answer), state: 'done', choice: null })
      return null
    } catch (reason) {
      if (isAbort(reason) || controller.signal.aborted) return null
      one.state = 'waiting'
      return reason instanceof ApiError ? reason : new ApiError('unexpected', String(reason))
    } finally {
      current = null
    }
  }

  function waitFor(seconds: number, id: number, error: ApiError): Promise<void> {
    wait.value = { id, error, until: Date.now() + seconds * 1000 }
    return new Promise<void>((resolve) => {
      wake = () => {
        clearTimeout(timer)
        wait.value = null
        resolve()
      }
      const timer = setTimeout(() => wake(), seconds * 1000)
    })
  }

  /** The search that runs is finished, and none is begun. */
  function pause(): void {
    paused.value = true
    wake()
  }

  function cancel(ids: readonly number[]): void {
    for (const one of list.filter((each) => ids.includes(each.id) && isOpen(each))) {
      one.state = 'cancelled'
      if (current?.id === one.id) current.controller.abort()
      if (wait.value?.id === one.id) wake()
      void keep(one)
    }
  }

  function retry(ids: readonly number[]): void {
    for (const one of list) if (ids.includes(one.id) && !isOpen(one)) Object.assign(one, { state: 'waiting', error: null })
  }

  function remove(id: number): void {
    cancel([id])
    const index = list.findIndex((one) => one.id === id)
    const [one] = index < 0 ? [] : list.splice(index, 1)
    if (!one) return
    dropped.value = { one, index }
    void shelf?.remove([id]).catch(() => undefined)
  }

  function undoRemove(): void {
    if (dropped.value === null) return
    const { one, index } = dropped.value
    dropped.value = null
    list.splice(index, 0, one)
    void keep(one)
  }

  async function clear(): Promise<void> {
    const ids = list.map(({ id }) => id)
    cancel(ids)
    list.splice(0)
    dropped.value = null
    await shelf?.remove(ids).catch(() => undefined)
  }

  function choose(one: Queued, choice: Choice | null): void {
    one.choice = choice
    void keep(one)
  }

  /** Another user may see other collections; what an earlier load of the page left goes, too. */
  async function forget(): Promise<void> {
    await load()
    await clear()
  }

  return { list, paused, running, wait, keeps, dropped, left, unkept, load, add, keep, run, pause, cancel, retry, remove, undoRemove, clear, choose, forget }
})
