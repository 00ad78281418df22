/** The state of the index, its versions, and the work on it. */
import { dataOf, withTimeout } from './client'
import type { EvaluationFigures, IndexState, Job, KnnModel } from './staffTypes'
import { untyped as client } from './untyped'

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

export interface Evaluation {
  created_at: string
  prints: number
  version: string
  figures: EvaluationFigures
}

export function getEvaluation(modelId: number, signal?: AbortSignal): Promise<Evaluation> {
  const params = { path: { model_id: modelId } }
  return dataOf(client.GET('/api/v1/knn-models/{model_id}/evaluation/', { params, signal: withTimeout(signal) }))
}
