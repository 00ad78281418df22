/**
 * Pictures in this browser's own database, on this device only: a telephone throws a page away while its camera is
 * open. Where storing is forbidden or full, everything here does nothing, and the page goes on without.
 */
import { openTable, resultOf } from './database'

export interface KeptPicture {
  id: number
  file: Blob
  name: string
  /** Whether it is as it will be sent. */
  ready: boolean
  /** When it was chosen, in milliseconds. */
  at: number
}

/** So many are kept, for the back button and for a reload; older ones are let go. */
export const MOST_KEPT = 8
export const KEPT_MS = 60 * 60_000

const DATABASE = 'recto'
const TABLE = 'pictures'

/** Runs one transaction; `otherwise` where the browser has no room for it. */
async function inTable<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => Promise<T>, otherwise: T): Promise<T> {
  try {
    const database = await openTable(DATABASE, TABLE, 'id')
    try {
      return await work(database.transaction(TABLE, mode).objectStore(TABLE))
    } finally {
      database.close()
    }
  } catch {
    return otherwise
  }
}

const isOld = ({ at }: KeptPicture): boolean => Date.now() - at >= KEPT_MS

/** Those that are too many or too old. */
export function toRemove(pictures: KeptPicture[]): KeptPicture[] {
  const newestFirst = [...pictures].sort((one, other) => other.at - one.at)
  return newestFirst.filter((picture, index) => index >= MOST_KEPT || isOld(picture))
}

async function tidy(table: IDBObjectStore): Promise<void> {
  const pictures = (await resultOf(table.getAll())) as KeptPicture[]
  await Promise.all(toRemove(pictures).map(({ id }) => resultOf(table.delete(id))))
}

/** Stores it, and removes what is too old or too much. */
export function keepPicture(picture: KeptPicture): Promise<void> {
  return inTable('readwrite', async (table) => void (await resultOf(table.put(picture)), await tidy(table)), undefined)
}

/** The same, but only in the place of what is still stored: what was removed meanwhile does not come back. */
export function replacePicture(picture: KeptPicture): Promise<void> {
  return inTable(
    'readwrite',
    async (table) => {
      if ((await resultOf(table.getKey(picture.id))) !== undefined) await resultOf(table.put(picture))
    },
    undefined,
  )
}

export function keptPicture(id: number): Promise<KeptPicture | null> {
  return inTable(
    'readonly',
    async (table) => {
      const picture = (await resultOf(table.get(id))) as KeptPicture | undefined
      return picture && !isOld(picture) ? picture : null
    },
    null,
  )
}

export function tidyPictures(): Promise<void> {
  return inTable('readwrite', tidy, undefined)
}

export function removePictures(): Promise<void> {
  return inTable('readwrite', async (table) => void (await resultOf(table.clear())), undefined)
}
