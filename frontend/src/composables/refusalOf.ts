/** Says before anything is sent, and without the network, that a file is no picture. */
import type { RefusalReason } from '@/stores/refusals'

import { HEAD, kindOfBytes } from './pictureKind'
import { decode } from './smallPicture'

export async function refusalOf(file: Blob): Promise<RefusalReason | null> {
  if (file.size === 0) return 'empty'
  const head = await file.slice(0, HEAD).arrayBuffer().catch(() => null)
  if (head === null) return 'unreadable'
  const kind = kindOfBytes(new Uint8Array(head))
  if (kind === 'video' || kind === 'pdf') return kind
  return kind !== null || (await isDecodable(file)) ? null : 'unknown'
}

/** A format that only this browser knows becomes a JPEG before it is sent. */
async function isDecodable(file: Blob): Promise<boolean> {
  const bitmap = await decode(file)
  bitmap?.close()
  return bitmap !== null
}
