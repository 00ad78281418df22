/** One import: its state, followed while the server works on it, and the steps that a curator takes. */
import { computed, type ComputedRef } from 'vue'

import {
  getImport,
  patchImport,
  postImportImages,
  postImportStep,
  type ImportChoices,
  type ImportStep,
} from '@/api/imports'
import type { ImportDetail } from '@/api/importTypes'

import { useAction, type Action } from './useAction'
import { usePolling } from './usePolling'
import { useResource, type Resource } from './useResource'
import { useUpload, type Upload } from './useUpload'

const POLL_MS = 1_000

export interface ImportResource extends Resource<ImportDetail> {
  /** Whether the server works on it. */
  busy: ComputedRef<boolean>
  step: Action<[ImportStep]>
  configure: Action<[ImportChoices]>
  sendImages: Upload<[File]>
}

/** Whether a job of this import waits or runs. */
export function isBusy({ state, job }: ImportDetail): boolean {
  if (['checking', 'running', 'undoing'].includes(state)) return true
  return job?.state === 'queued' || job?.state === 'running'
}

export function useImport(id: () => number): ImportResource {
  const resource = useResource((signal) => getImport(id(), signal), { source: id })
  const { data, reload } = resource
  const busy = computed(() => data.value !== null && isBusy(data.value))
  usePolling(resource, () => (busy.value ? POLL_MS : null))

  // Whatever was asked for: the server's word on it is fetched, also after a refusal.
  const after = async (asked: Promise<ImportDetail>): Promise<ImportDetail> => asked.finally(() => reload())
  const step = useAction((name: ImportStep) => after(postImportStep(id(), name)))
  const configure = useAction((choices: ImportChoices) => after(patchImport(id(), choices)))
  const sendImages = useUpload((sending, zip: File) => after(postImportImages(id(), zip, sending)))
  return { ...resource, busy, step, configure, sendImages }
}
