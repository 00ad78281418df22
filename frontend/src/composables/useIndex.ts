/** The state of the index, its versions, and what an administrator does with them. */
import { getEvaluation, getIndex, getProblems, postActivation, postIndexCheck, postIndexCompact } from '@/api/index'
import type { Evaluation, FeatureProblem } from '@/api/staffTypes'
import type { PageOf } from '@/api/types'

import { useAction } from './useAction'
import { usePages } from './usePages'
import { usePolling } from './usePolling'
import { useResource, type Resource } from './useResource'

const WHILE_WORKING_MS = 3_000
const WHILE_QUIET_MS = 30_000

export function useIndex() {
  const index = useResource(getIndex, { source: () => 'once' })
  usePolling(index, () => (index.data.value?.working ? WHILE_WORKING_MS : WHILE_QUIET_MS))
  const checking = useAction(() => postIndexCheck().finally(index.reload))
  const compacting = useAction(() => postIndexCompact().finally(index.reload))
  const activating = useAction((modelId: number) => postActivation(modelId).finally(index.reload))
  return { index, checking, compacting, activating }
}

export function useEvaluation(modelId: number): Resource<Evaluation> {
  return useResource((signal) => getEvaluation(modelId, signal), { source: () => 'once' })
}

/** Pictures that could not be described, and why. */
export function useProblems() {
  return usePages<FeatureProblem, PageOf<FeatureProblem>>(getProblems)
}
