/** Pictures that are chosen for a record, and sent one after the other when it is there. */
import { computed, onScopeDispose, reactive, type ComputedRef } from 'vue'

import { postPrintImage } from '@/api/editing'
import { ApiError, isAbort } from '@/api/errors'

export type PictureState = 'waiting' | 'sending' | 'reading' | 'added' | 'failed'

export interface QueuedPicture {
  readonly key: number
  readonly file: File
  /** An address of the page's own, to show it by. */
  readonly preview: string
  state: PictureState
  /** What of it was sent, 0 to 1. */
  sent: number
  error: ApiError | null
}

export interface PictureQueue {
  pictures: QueuedPicture[]
  /** How many are not with the record yet. */
  left: ComputedRef<number>
  add: (file: File) => void
  remove: (key: number) => void
  /** Sends what is not there yet; whether all are there then. What failed says why, and the others go on. */
  sendTo: (printId: number) => Promise<boolean>
  stop: () => void
}

export function usePictureQueue(): PictureQueue {
  const pictures = reactive<QueuedPicture[]>([])
  const left = computed(() => pictures.filter(({ state }) => state !== 'added').length)
  let keys = 0
  let controller = new AbortController()

  function add(file: File): void {
    pictures.push({ key: ++keys, file, preview: URL.createObjectURL(file), state: 'waiting', sent: 0, error: null })
  }

  function remove(key: number): void {
    const index = pictures.findIndex((one) => one.key === key)
    const [gone] = index < 0 ? [] : pictures.splice(index, 1)
    if (gone) URL.revokeObjectURL(gone.preview)
  }

  async function send(picture: QueuedPicture, printId: number, signal: AbortSignal): Promise<void> {
    Object.assign(picture, { state: 'sending', sent: 0, error: null })
    const onSent = (share: number): void => void Object.assign(picture, { sent: share, state: share < 1 ? 'sending' : 'reading' })
    try {
      await postPrintImage(printId, picture.file, { onSent, signal })
      picture.state = 'added'
    } catch (reason) {
      const error = reason instanceof ApiError ? reason : new ApiError('unexpected', String(reason))
      Object.assign(picture, isAbort(reason) ? { state: 'waiting' } : { state: 'failed', error })
    }
  }

  async function sendTo(printId: number): Promise<boolean> {
    controller = new AbortController()
    const { signal } = controller
    // One after the other: they keep their order, and a slow line is not shared.
    for (const picture of [...pictures]) if (picture.state !== 'added' && !signal.aborted) await send(picture, printId, signal)
    return left.value === 0
  }

  const stop = (): void => controller.abort()
  onScopeDispose(() => {
    stop()
    for (const { preview } of pictures) URL.revokeObjectURL(preview)
  })
  return { pictures, left, add, remove, sendTo, stop }
}
