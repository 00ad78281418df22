/** Several pictures to search with, one after the other. The list outlives the page, and a reload where it can. */
import { defineStore } from 'pinia'
import { computed } from 'vue'

import { isHeld, isOpen, type Choice, type Queued } from './queued'
import { QueueList } from './queueList'
import { QueueRunner, type Searcher } from './queueRunner'
import { emptyShelves } from './queueShelf'

export const useQueueStore = defineStore('queue', () => {
  const pictures = new QueueList()
  const runner = new QueueRunner(pictures)
  const { list, keeps, dropped } = pictures
  const { paused, running, wait } = runner
  const left = computed(() => list.filter(isOpen).length)
  const held = computed(() => list.filter(isHeld).length)
  /** Whether closing the page would lose something. */
  const unkept = computed(() => list.length > 0 && (keeps.value === false || list.some(({ picture }) => picture === null)))

  // The browser asks with a sentence of its own, from whichever page the window is closed.
  window.addEventListener('beforeunload', (event) => unkept.value && event.preventDefault())

  const load = (): Promise<void> => pictures.load()
  const add = (files: readonly File[], held = false): Promise<number> => pictures.add(files, held)
  const release = (): void => pictures.release()
  const keep = (one: Queued): Promise<void> => pictures.keep(one)
  const choose = (one: Queued, choice: Choice | null): void => pictures.choose(one, choice)
  const retry = (ids: readonly number[]): void => pictures.retry(ids)
  const undoRemove = (): void => pictures.undoRemove()
  const run = (searcher: Searcher): Promise<void> => runner.run(searcher)
  const pause = (): void => runner.pause()
  const cancel = (ids: readonly number[]): void => runner.cancel(ids)

  function remove(id: number): void {
    cancel([id])
    pictures.remove(id)
  }

  function clear(): Promise<void> {
    cancel(list.map(({ id }) => id))
    return pictures.clear()
  }

  function drop(which: (one: Queued) => boolean): void {
    for (const { id } of list.filter(which)) remove(id)
    dropped.value = null
  }
  /** What somebody found who is no longer signed in. */
  const dropClosed = (): void => drop(({ closed }) => closed)
  /** What came from elsewhere and is not wanted. */
  const dropHeld = (): void => drop(isHeld)

  /** Another user may see other collections; what an earlier load of the page left goes, too, and what other tabs have. */
  async function forget(): Promise<void> {
    await load()
    await clear()
    await emptyShelves()
  }

  return { list, keeps, dropped, paused, running, wait, left, held, unkept, load, add, release, keep, choose, retry, undoRemove, run, pause, cancel, remove, clear, dropClosed, dropHeld, forget }
})
