/** The state of the index, its versions, and what an administrator does with them. */
import { computed } from 'vue'

import { getEvaluation, getIndex, postActivation, postIndexCheck, postIndexCompact } from '@/api/index'
import type { Evaluation } from '@/api/index'
import type { IndexState } from '@/api/staffTypes'

import { useAction } from './useAction'
import { isUnderWay } from './useJobs'
import { usePolling } from './usePolling'
import { useResource, type Resource } from './useResource'

const WHILE_WORKING_MS = 3_000
const WHILE_QUIET_MS = 30_000

function isWorkedOn({ last_check, last_compaction }: IndexState): boolean {
  return [last_check, last_compaction].some((job) => job !== null && isUnderWay(job))
}

export function useIndex() {
  const index = useResource(getIndex, { source: () => 'once' })
  const working = computed(() => index.data.value !== null && isWorkedOn(index.data.value))
  usePolling(index, () => (working.value ? WHILE_WORKING_MS : WHILE_QUIET_MS))
  const checking = useAction(() => postIndexCheck().finally(index.reload))
  const compacting = useAction(() => postIndexCompact().finally(index.reload))
  const activating = useAction((modelId: number) => postActivation(modelId).finally(index.reload))
  return { index, working, checking, compacting, activating }
}

export function useEvaluation(modelId: number): Resource<Evaluation> {
  return useResource((signal) => getEvaluation(modelId, signal), { source: () => 'once' })
}
