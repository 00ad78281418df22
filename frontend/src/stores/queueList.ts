/** The pictures of the list, on the screen and on this device. */
import { reactive, ref, shallowRef } from 'vue'

import { isHeld, isOpen, queuedFrom, queuedOf, storedOf, type Choice, type Queued, type Stored } from './queued'
import { openShelf, type Shelf } from './queueShelf'

export const MOST = 200

export class QueueList {
  readonly list = reactive<Queued[]>([])
  /** Whether the browser keeps the list; null until that is known. */
  readonly keeps = ref<boolean | null>(null)
  /** The one that was removed last, and where it stood. */
  readonly dropped = shallowRef<{ one: Queued; index: number } | null>(null)
  private shelf: Shelf<Stored> | null = null
  private opening: Promise<void> | null = null
  private last = 0

  /** Takes up what an earlier load of this page left. */
  load(): Promise<void> {
    this.opening ??= this.open()
    return this.opening
  }

  private async open(): Promise<void> {
    this.shelf = await openShelf<Stored>()
    this.keeps.value = this.shelf !== null
    const stored = (await this.shelf?.all().catch(() => [])) ?? []
    this.list.push(...stored.sort((a, b) => a.id - b.id).map(queuedFrom))
    this.last = Math.max(0, ...this.list.map(({ id }) => id))
  }

  /** Adds as many as there is room for; how many that were. */
  async add(files: readonly File[], held = false): Promise<number> {
    await this.load()
    const taken = files.slice(0, Math.max(0, MOST - this.list.length))
    for (const file of taken) this.list.push(queuedOf(++this.last, file, held ? 'held' : 'waiting'))
    return taken.length
  }

  async keep(one: Queued): Promise<void> {
    // Removed meanwhile, or not made small yet.
    if (this.shelf === null || one.picture === null || !this.list.includes(one)) return
    await this.shelf.put(storedOf(one, this.shelf.list)).catch(() => (this.keeps.value = false))
  }

  firstWaiting(): Queued | null {
    return this.list.find(({ state }) => state === 'waiting') ?? null
  }

  retry(ids: readonly number[]): void {
    for (const one of this.list) if (ids.includes(one.id) && !isOpen(one)) Object.assign(one, { state: 'waiting', error: null, choice: null })
  }

  /** What was held back is searched for like the rest. */
  release(): void {
    for (const one of this.list.filter(isHeld)) {
      one.state = 'waiting'
      void this.keep(one)
    }
  }

  remove(id: number): void {
    const index = this.list.findIndex((one) => one.id === id)
    const [one] = index < 0 ? [] : this.list.splice(index, 1)
    if (!one) return
    this.dropped.value = { one, index }
    void this.shelf?.remove([id]).catch(() => undefined)
  }

  undoRemove(): void {
    if (this.dropped.value === null) return
    const { one, index } = this.dropped.value
    this.dropped.value = null
    this.list.splice(index, 0, one)
    void this.keep(one)
  }

  async clear(): Promise<void> {
    const ids = [...this.list.map(({ id }) => id), ...(this.dropped.value ? [this.dropped.value.one.id] : [])]
    this.list.splice(0)
    this.dropped.value = null
    await this.shelf?.remove(ids).catch(() => undefined)
  }

  choose(one: Queued, choice: Choice | null): void {
    one.choice = choice
    void this.keep(one)
  }
}
