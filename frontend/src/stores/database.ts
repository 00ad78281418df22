/** This browser's own database (IndexedDB): nothing of it is sent anywhere, and it may be forbidden or full. */

/** What a request came to. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'))
  })
}

/** A database of one table. Fails where the browser keeps nothing (private windows, embedded frames). */
export async function openTable(database: string, table: string, keyPath: string | string[]): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath })
  return resultOf(request)
}
