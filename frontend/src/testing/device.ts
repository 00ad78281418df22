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

/** Answers once its listener is there, as IndexedDB does. */
function answering(result: unknown): { result: unknown; onsuccess?: () => void } {
  const request: { result: unknown; onsuccess?: () => void } = { result }
  queueMicrotask(() => request.onsuccess?.())
  return request
}
