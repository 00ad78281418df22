/** The state of the index, its versions, and the work on it. */
import { client, dataOf, withTimeout } from './client'
import type { Evaluation, FeatureProblem, IndexState, Job, KnnModel } from './staffTypes'
import type { PageOf } from './types'

export function getIndex(signal?: AbortSignal): Promise<IndexState> {
  return dataOf(client.GET('/api/v1/index/', { signal: withTimeout(signal) }))
}

export function postIndexCheck(): Promise<Job> {
  return dataOf(client.POST('/api/v1/index/check/', { signal: withTimeout() }))
}

export function postIndexCompact(): Promise<Job> {
  return dataOf(client.POST('/api/v1/index/compact/', { signal: withTimeout() }))
}

export function postActivation(modelId: number): Promise<KnnModel> {
  return dataOf(client.POST('/api/v1/knn-models/{model_id}/activate/', { params: { path: { model_id: modelId } }, signal: withTimeout() }))
}

/** How well a version finds; a 404 where it was never measured. */
export async function getEvaluation(modelId: number, signal?: AbortSignal): Promise<Evaluation> {
  const params = { path: { model_id: modelId } }
  const answer = await dataOf(client.GET('/api/v1/knn-models/{model_id}/evaluation/', { params, signal: withTimeout(signal) }))
  return answer as unknown as Evaluation
}

/** Pictures that could not be described, and why. */
export function getProblems(page: number, signal?: AbortSignal): Promise<PageOf<FeatureProblem>> {
  const query = { page }
  return dataOf(client.GET('/api/v1/index/problems/', { params: { query }, signal: withTimeout(signal) }))
}
