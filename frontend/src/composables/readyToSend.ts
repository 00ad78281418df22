/** What every way to search does with a picture before it is sent: read it, make it small, refuse what is too large. */
import { ApiError } from '@/api/errors'
import { i18n } from '@/plugins/i18n'
import { useServerStore } from '@/stores/server'

import { shrinkPicture } from './shrinkPicture'
import { LARGEST_BYTES } from './smallPicture'

export async function readyToSend(file: Blob): Promise<Blob> {
  await checkReadable(file)
  const picture = await shrinkPicture(file)
  await checkSize(picture)
  return picture
}

// A folder is dropped like a file, a card is taken out, an app takes its file back: sending it would fail as if the
// network were away.
async function checkReadable(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    throw new ApiError('file_unreadable', '', 400)
  }
}

/** Refuses here what the server would refuse, before it is sent over a slow network; the limit is the server's. */
async function checkSize({ size }: Blob): Promise<void> {
  const limit = await limitFor(size)
  if (size <= limit) return
  const { t, n } = i18n.global
  const megabytes = (bytes: number): string => n(bytes / 1_000_000, { maximumFractionDigits: 1 })
  throw new ApiError('picture_too_large', t('errors.tooLarge', { size: megabytes(size), limit: megabytes(limit) }), 413)
}

/** Asked for where nothing else on the page has asked, and only for what could not be made small. */
async function limitFor(size: number): Promise<number> {
  const server = useServerStore()
  const info = server.info ?? (size > LARGEST_BYTES ? await server.load().catch(() => null) : null)
  return info?.limits.max_bytes ?? Infinity
}
