/** Who did what, the newest first; of one collection where its slug is given. */
import { getAudit } from '@/api/audit'

import { useNumberedPages } from './useNumberedPages'

export function useAudit(collection: () => string) {
  return useNumberedPages((page, signal) => getAudit(collection() || null, page, signal), collection)
}
