/** What a drop or a paste brings: files, the address of a picture, or nothing to search with. */
import { addressIn, addressInHtml, addressInList } from './pictureAddress'

export type Dropped =
  | { kind: 'files'; files: File[] }
  | { kind: 'folder'; name: string }
  | { kind: 'address'; address: string }
  | { kind: 'nothing' }

/** Whether something is held over the page that it may take; what it is, is only told when it is dropped. */
export function mayBring(transfer: DataTransfer | null): boolean {
  return (transfer?.types ?? []).some((type) => type === 'Files' || type === 'text/uri-list')
}

/** A file comes before an address: it needs no request, and nobody else learns of it. */
export function whatWasDropped(transfer: DataTransfer): Dropped {
  const folder = folderName(transfer)
  if (folder !== null) return { kind: 'folder', name: folder }
  if (transfer.files.length > 0) return { kind: 'files', files: [...transfer.files] }
  // A picture inside a link: what was meant is the picture.
  const address = addressInHtml(transfer.getData('text/html')) ?? addressInList(transfer.getData('text/uri-list'))
  return address === null ? { kind: 'nothing' } : { kind: 'address', address }
}

export function whatWasPasted(transfer: DataTransfer): Dropped {
  if (transfer.files.length > 0) return { kind: 'files', files: [...transfer.files] }
  const text = transfer.getData('text/plain')
  const address = text === '' ? addressInHtml(transfer.getData('text/html')) : addressIn(text)
  return address === null ? { kind: 'nothing' } : { kind: 'address', address }
}

/** The folder, when only folders were dropped. */
function folderName({ items }: DataTransfer): string | null {
  const entries = [...(items ?? [])].map((item) => item.webkitGetAsEntry?.() ?? null).filter((entry) => entry !== null)
  return entries.length > 0 && entries.every((entry) => entry.isDirectory) ? (entries[0]?.name ?? '') : null
}
