/** Addresses that a browser fetches by itself, as files. */
import { exportAddress, issuesAddress, templateAddress } from '@/api/imports'

const KINDS = ['csv', 'xlsx'] as const

export function useTemplates(): { as: string; address: string }[] {
  return KINDS.map((as) => ({ as, address: templateAddress(as) }))
}

export function useExports(collection: string): { as: string; address: string }[] {
  return KINDS.map((as) => ({ as, address: exportAddress(collection, as) }))
}

export function useIssuesDownload(id: number): string {
  return issuesAddress(id)
}
