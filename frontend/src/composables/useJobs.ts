/** Background work, followed while somebody looks at it. */
import { getJobs, postJobCancel, postJobRetry } from '@/api/jobs'
import type { Job, JobState } from '@/api/staffTypes'

import { useAction } from './useAction'
import { useNumberedPages } from './useNumberedPages'
import { usePolling } from './usePolling'

const WHILE_WORKING_MS = 2_000
const WHILE_QUIET_MS = 15_000

export const JOB_STATES = ['running', 'queued', 'done', 'failed', 'cancelled'] as const satisfies readonly JobState[]

export function isJobState(text: string): text is JobState {
  return JOB_STATES.some((state) => state === text)
}

export function isUnderWay({ state }: Pick<Job, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}

export function useJobs(state: () => JobState | null) {
  const jobs = useNumberedPages((page, signal) => getJobs(state(), page, signal), state)
  usePolling(jobs, () => (jobs.items.value.some(isUnderWay) ? WHILE_WORKING_MS : WHILE_QUIET_MS))
  const cancelling = useAction((id: number) => postJobCancel(id).finally(jobs.reload))
  const retrying = useAction((id: number) => postJobRetry(id).finally(jobs.reload))
  return { jobs, cancelling, retrying }
}
