/** A picture of the visitor's, made ready to be sent once, whatever is asked about it afterwards. */
import { ApiError } from '@/api/errors'
import { i18n } from '@/plugins/i18n'
import { usePicturesStore, type Picture } from '@/stores/pictures'
import { useServerStore } from '@/stores/server'

import { shrinkPicture } from './shrinkPicture'

const preparing = new Map<number, Promise<Picture>>()

export async function pictureToSend(id: number): Promise<Picture> {
  const pictures = usePicturesStore()
  const picture = await pictures.recall(id)
  if (picture === null) throw new ApiError('picture_gone', '')
  if (picture.ready) return picture
  const promise = preparing.get(id) ?? prepared(picture).finally(() => preparing.delete(id))
  preparing.set(id, promise)
  return promise
}

async function prepared(picture: Picture): Promise<Picture> {
  const small = await shrinkPicture(picture.file)
  await checkReadable(small)
  checkSize(small)
  return usePicturesStore().settle(picture, small)
}

// A file that was moved, or whose app took it back, fails to be sent as if the network were away.
async function checkReadable(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    throw new ApiError('file_unreadable', '')
  }
}

/** Refuses here what the server would refuse, before it is sent over a slow network; the limit is the server's. */
function checkSize(file: Blob): void {
  const limit = useServerStore().info?.limits.max_bytes ?? Infinity
  if (file.size <= limit) return
  const { t, n } = i18n.global
  const megabytes = (bytes: number): string => n(bytes / 1_000_000, { maximumFractionDigits: 1 })
  const sentence = t('errors.tooLarge', { size: megabytes(file.size), limit: megabytes(limit) })
  throw new ApiError('picture_too_large', sentence, 413)
}
