/**
 * The list of pictures on this device, so that it outlives a reload: IndexedDB, nothing of it is sent anywhere.
 * Each tab has a list of its own; what nobody touched for a day is deleted.
 */
import { openTable, resultOf } from './database'

const DATABASE = 'recto-queue'
const STORE = 'searches'
const TAB = 'recto.queue'
export const KEPT_HOURS = 24

/** What is kept of one picture; `list` and `id` are its key. */
export interface Kept {
  list: string
  id: number
  touched: number
}

export interface Shelf<T extends Kept> {
  readonly list: string
  all: () => Promise<T[]>
  put: (record: T) => Promise<void>
  remove: (ids: number[]) => Promise<void>
}

/** The shelf of this tab; null where the browser keeps nothing (private windows, embedded frames). */
export async function openShelf<T extends Kept>(now = Date.now()): Promise<Shelf<T> | null> {
  try {
    const database = await openTable(DATABASE, STORE, ['list', 'id'])
    await sweep(database, now - KEPT_HOURS * 3_600_000)
    return shelfOf<T>(database, await listOfTab(database))
  } catch {
    return null
  }
}

/** The lists of all tabs: one that a closed tab left behind would be taken up by the next tab, whoever opens it. */
export async function emptyShelves(): Promise<void> {
  try {
    const database = await openTable(DATABASE, STORE, ['list', 'id'])
    await resultOf(database.transaction(STORE, 'readwrite').objectStore(STORE).clear())
    database.close()
  } catch {
    return
  }
}

function shelfOf<T extends Kept>(database: IDBDatabase, list: string): Shelf<T> {
  const store = (mode: IDBTransactionMode): IDBObjectStore => database.transaction(STORE, mode).objectStore(STORE)
  return {
    list,
    all: () => resultOf<T[]>(store('readonly').getAll(IDBKeyRange.bound([list, 0], [list, Infinity]))),
    put: async (record) => void (await resultOf(store('readwrite').put(record))),
    async remove(ids) {
      const records = store('readwrite')
      await Promise.all(ids.map((id) => resultOf(records.delete([list, id]))))
    },
  }
}

async function sweep(database: IDBDatabase, before: number): Promise<void> {
  const store = database.transaction(STORE, 'readwrite').objectStore(STORE)
  const records = await resultOf<Kept[]>(store.getAll())
  await Promise.all(records.filter(({ touched }) => touched < before).map(({ list, id }) => resultOf(store.delete([list, id]))))
}

/** The list that this tab had before its reload, else one that a closed tab left behind, else a new one. */
async function listOfTab(database: IDBDatabase): Promise<string> {
  const keys = await resultOf(database.transaction(STORE).objectStore(STORE).getAllKeys())
  const left = [...new Set(keys.map((key) => String((key as [string, number])[0])))]
  const own = sessionStorage.getItem(TAB)
  const candidates = [...(own === null ? [] : [own]), ...left.filter((list) => list !== own), crypto.getRandomValues(new Uint32Array(2)).join('-')]
  for (const list of candidates) {
    // Without locks (plain http) nobody can tell whether another tab has it: then only the own one is taken.
    if ('locks' in navigator ? await hold(list) : list === own || !left.includes(list)) {
      sessionStorage.setItem(TAB, list)
      return list
    }
  }
  throw new Error('No list is free.')
}

/** Holds a list for as long as the tab lives; whether it was free. A tab that was duplicated finds its list taken. */
function hold(list: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const whenGiven = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null)
      return lock === null ? undefined : new Promise(() => undefined)
    }
    navigator.locks.request(`${TAB}.${list}`, { ifAvailable: true }, whenGiven).catch(reject)
  })
}
