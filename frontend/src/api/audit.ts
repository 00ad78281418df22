/** Who loaded, changed, removed and undid. */
import { client, dataOf, withTimeout } from './client'
import type { AuditEntry } from './staffTypes'
import type { PageOf } from './types'

export function getAudit(collection: string | null, page: number, signal?: AbortSignal): Promise<PageOf<AuditEntry>> {
  const query = { page, ...(collection && { collection }) }
  return dataOf(client.GET('/api/v1/audit/', { params: { query }, signal: withTimeout(signal) }))
}
