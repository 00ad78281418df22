/** One import: its state, followed while the server works on it, and the steps that a curator takes. */
import { computed, type ComputedRef } from 'vue'

import {
  getImport,
  patchImport,
  postImportImages,
  postImportStep,
  postUndo,
  type ImportStep,
} from '@/api/imports'
import type { ImportChoices, ImportDetail } from '@/api/importTypes'
import { postJobCancel } from '@/api/jobs'

import { useAction, type Action } from './useAction'
import { usePolling } from './usePolling'
import { useResource, type Resource } from './useResource'
import { useUpload, type Upload } from './useUpload'

const POLL_MS = 1_000

export interface ImportResource extends Resource<ImportDetail> {
  /** Whether the server works on it. */
  busy: ComputedRef<boolean>
  step: Action<[ImportStep]>
  /** `rest`: although some records were changed since. */
  undo: Action<[rest: boolean]>
  /** Stops what the server is doing with it; what is written stays, and it can go on. */
  stop: Action<[]>
  configure: Action<[ImportChoices]>
  sendImages: Upload<[File]>
}

/** Whether a job of this import waits or runs. */
export function isBusy({ job }: ImportDetail): boolean {
  return job?.state === 'queued' || job?.state === 'running'
}

/** Whether its job ended and left it on the way: somebody cancelled it, or it failed again and again. */
export function isStuck(item: ImportDetail): boolean {
  return ['checking', 'running', 'undoing'].includes(item.state) && !isBusy(item)
}

export function useImport(id: () => number): ImportResource {
  const resource = useResource((signal) => getImport(id(), signal), { source: id })
  const { data, reload } = resource
  const busy = computed(() => data.value !== null && isBusy(data.value))
  usePolling(resource, () => (busy.value ? POLL_MS : null))

  // Whatever was asked for: the server's word on it is fetched, also after a refusal.
  const after = async (asked: Promise<ImportDetail>): Promise<ImportDetail> => asked.finally(() => reload())
  const step = useAction((name: ImportStep) => after(postImportStep(id(), name)))
  const undo = useAction((rest: boolean) => after(postUndo(id(), rest)))
  const stop = useAction(async () => {
    const job = data.value?.job
    if (job) await postJobCancel(job.id).finally(() => reload())
  })
  const configure = useAction((choices: ImportChoices) => after(patchImport(id(), choices)))
  const sendImages = useUpload((sending, zip: File) => after(postImportImages(id(), zip, sending)))
  return { ...resource, busy, step, undo, stop, configure, sendImages }
}
