/** Results under headings: what it is, what shares a detail, what only looks like it. Pure. */
import type { Result } from '@/api/types'

export const GROUPS = ['same_image', 'shared_detail', 'rest'] as const
export type GroupKind = (typeof GROUPS)[number]

export interface ResultGroup {
  kind: GroupKind
  results: Result[]
}

/** In the order of the ranks within each; groups of none are left out. */
export function groupedByVerdict(results: readonly Result[]): ResultGroup[] {
  return GROUPS.map((kind) => ({ kind, results: results.filter((result) => groupOf(result) === kind) })).filter(
    (group) => group.results.length > 0,
  )
}

function groupOf({ verdict }: Result): GroupKind {
  return GROUPS.find((kind) => kind === verdict) ?? 'rest'
}
