/** A browser's own database for specs: one table of things with an `id`, which jsdom does not have. */
import { vi } from 'vitest'

export interface Row {
  id: number
}

/** Stands in for IndexedDB until globals are unstubbed; the rows are what is stored. */
export function stubDatabase(): Map<number, Row> {
  const rows = new Map<number, Row>()
  const table = {
    get: (id: number) => answering(rows.get(id)),
    getKey: (id: number) => answering(rows.has(id) ? id : undefined),
    getAll: () => answering([...rows.values()]),
    put: (row: Row) => answering(rows.set(row.id, row)),
    delete: (id: number) => answering(rows.delete(id)),
    clear: () => answering(rows.clear()),
  }
  const database = { transaction: () => ({ objectStore: () => table }), close: () => undefined }
  vi.stubGlobal('indexedDB', { open: () => answering(database) })
  return rows
}

export interface Listed {
  list: string
  id: number
}

/** The same of a table whose rows belong to lists. */
export function stubLists<T extends Listed>(): Map<string, T> {
  const rows = new Map<string, T>()
  const nameOf = ([list, id]: readonly [string, number]): string => `${list} ${id}`
  const table = {
    getAll: (range?: { lower: [string, number] }) => answering([...rows.values()].filter(({ list }) => range === undefined || list === range.lower[0])),
    getAllKeys: () => answering([...rows.values()].map(({ list, id }) => [list, id])),
    put: (row: T) => answering(rows.set(nameOf([row.list, row.id]), row)),
    delete: (key: [string, number]) => answering(rows.delete(nameOf(key))),
    clear: () => answering(rows.clear()),
  }
  const database = { transaction: () => ({ objectStore: () => table }), close: () => undefined }
  vi.stubGlobal('indexedDB', { open: () => answering(database) })
  vi.stubGlobal('IDBKeyRange', { bound: (lower: unknown, upper: unknown) => ({ lower, upper }) })
  return rows
}

/** Answers once its listener is there, as IndexedDB does. */
function answering(result: unknown): { result: unknown; onsuccess?: () => void } {
  const request: { result: unknown; onsuccess?: () => void } = { result }
  queueMicrotask(() => request.onsuccess?.())
  return request
}
