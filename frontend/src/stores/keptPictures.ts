/**
 * Pictures in this browser's own database, on this device only: a telephone throws a page away while its camera is
 * open. Where storing is forbidden or full, everything here does nothing, and the page goes on without.
 */
export interface KeptPicture {
  id: number
  file: Blob
  name: string
  /** Whether it is as it will be sent. */
  ready: boolean
  /** When it was chosen, in milliseconds. */
  at: number
}

export const MOST_KEPT = 8
export const KEPT_MS = 60 * 60_000

const DATABASE = 'recto'
const TABLE = 'pictures'

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The database failed.'))
  })
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'id' })
  return done(request)
}

/** Runs one transaction; `otherwise` where the browser has no room for it. */
async function inTable<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => Promise<T>, otherwise: T): Promise<T> {
  if (typeof indexedDB === 'undefined') return otherwise
  try {
    const database = await opened()
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
  const pictures = (await done(table.getAll())) as KeptPicture[]
  await Promise.all(toRemove(pictures).map(({ id }) => done(table.delete(id))))
}

/** Stores it, and removes what is too old or too much. */
export function keepPicture(picture: KeptPicture): Promise<void> {
  return inTable('readwrite', async (table) => void (await done(table.put(picture)), await tidy(table)), undefined)
}

export function keptPicture(id: number): Promise<KeptPicture | null> {
  return inTable(
    'readonly',
    async (table) => {
      const picture = (await done(table.get(id))) as KeptPicture | undefined
      return picture && !isOld(picture) ? picture : null
    },
    null,
  )
}

export function tidyPictures(): Promise<void> {
  return inTable('readwrite', tidy, undefined)
}

export function removePictures(): Promise<void> {
  return inTable('readwrite', async (table) => void (await done(table.clear())), undefined)
}
