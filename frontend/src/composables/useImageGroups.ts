/** Groups of pictures that seem to show the same image, and what is decided about them. */
import { getGroups, groupsExportAddress, postGroupAcceptance, postGroupRejection, postGroupReopening, postGroupSearch } from '@/api/groups'
import type { GroupState } from '@/api/staffTypes'

import { useAction } from './useAction'
import { useNumberedPages } from './useNumberedPages'

export const GROUP_STATES = ['open', 'accepted', 'rejected'] as const satisfies readonly GroupState[]

/** The state of that name; groups that wait for a decision where there is none. */
export function groupStateOf(text: string): GroupState {
  return GROUP_STATES.find((state) => state === text) ?? 'open'
}

export type Decision = 'accept' | 'reject' | 'reopen'

export function useImageGroups(state: () => GroupState) {
  const groups = useNumberedPages((page, signal) => getGroups(state(), page, signal), state)

  /** `images`: those of the group that are right; null for all. */
  async function decide(id: number, decision: Decision, images: number[] | null): Promise<void> {
    if (decision === 'accept') await postGroupAcceptance(id, images ?? undefined)
    else if (decision === 'reject') await postGroupRejection(id)
    else await postGroupReopening(id)
  }

  const deciding = useAction((...choice: Parameters<typeof decide>) => decide(...choice).finally(groups.reload))
  const finding = useAction(postGroupSearch)
  return { groups, deciding, finding, exportAddress: () => groupsExportAddress(state()) }
}
