/** Background work: what runs, stopping it and trying it again. */
import { client, dataOf, withTimeout } from './client'
import type { Job, JobState } from './staffTypes'
import type { PageOf } from './types'

export function getJobs(state: JobState | null, page: number, signal?: AbortSignal): Promise<PageOf<Job>> {
  const query = { page, ...(state && { state }) }
  return dataOf(client.GET('/api/v1/jobs/', { params: { query }, signal: withTimeout(signal) }))
}

export function postJobCancel(id: number): Promise<Job> {
  return dataOf(client.POST('/api/v1/jobs/{job_id}/cancel/', { params: { path: { job_id: id } }, signal: withTimeout() }))
}

export function postJobRetry(id: number): Promise<Job> {
  return dataOf(client.POST('/api/v1/jobs/{job_id}/retry/', { params: { path: { job_id: id } }, signal: withTimeout() }))
}
