import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

import { KEPT_MS, MOST_KEPT, keepPicture, keptPicture, removePictures, replacePicture, tidyPictures, type KeptPicture } from './keptPictures'

/** A picture of the visitor's. The address holds its number; the picture stays on this device. */
export interface Picture {
  id: number
  /** As it was chosen, until it is small. */
  file: Blob
  name: string
  previewUrl: string
  /** Whether it is as it will be sent. */
  ready: boolean
  at: number
}

/** What is larger is shown by its smaller version as soon as there is one: on a telephone its pixels fill the memory. */
const LARGE_BYTES = 6_000_000
/** Until then something may still be drawn from the address of the larger one. */
const REPLACED_MS = 60_000

export const usePicturesStore = defineStore('pictures', () => {
  const pictures = shallowReactive(new Map<number, Picture>())
  void tidyPictures()

  function add(file: Blob, name: string): Picture {
    const picture = show({ id: newNumber(), file, name, ready: false, at: Date.now() })
    void keepPicture(keptOf(picture))
    setTimeout(() => void tidyPictures(), KEPT_MS)
    return picture
  }

  function show(picture: Omit<Picture, 'previewUrl'>): Picture {
    const shown = { ...picture, previewUrl: URL.createObjectURL(picture.file) }
    pictures.set(shown.id, shown)
    for (const [id] of pictures) if (pictures.size > MOST_KEPT) letGo(id)
    return shown
  }

  function letGo(id: number): void {
    URL.revokeObjectURL(pictures.get(id)?.previewUrl ?? '')
    pictures.delete(id)
  }

  /** What is on the page already. */
  const find = (id: number): Picture | null => pictures.get(id) ?? null

  /** The same, or what this device still has of a page that was thrown away. */
  async function recall(id: number): Promise<Picture | null> {
    if (pictures.has(id)) return find(id)
    const kept = await keptPicture(id)
    return kept && (find(id) ?? show(kept))
  }

  /** From now on the picture is this: small, and without what a photograph tells of its maker. */
  function settle(picture: Picture, small: Blob): Picture {
    const there = pictures.has(picture.id)
    const settled = { ...picture, file: small, ready: true, previewUrl: there ? previewOf(picture, small) : picture.previewUrl }
    if (there) pictures.set(picture.id, settled)
    // Let go meanwhile, by signing out or for newer ones: what the device still has of it is to be the small one, too.
    if (small !== picture.file) void (there ? keepPicture : replacePicture)(keptOf(settled))
    return settled
  }

  /** The next one at this device is not to see them. */
  function forget(): Promise<void> {
    for (const id of [...pictures.keys()]) letGo(id)
    return removePictures()
  }

  return { add, find, recall, settle, forget }
})

/** As this device keeps it: an address of this page means nothing to the next. */
function keptOf({ id, file, name, ready, at }: Picture): KeptPicture {
  return { id, file, name, ready, at }
}

function previewOf({ file, previewUrl }: Picture, small: Blob): string {
  if (small === file || file.size <= LARGE_BYTES) return previewUrl
  setTimeout(() => URL.revokeObjectURL(previewUrl), REPLACED_MS)
  return URL.createObjectURL(small)
}

/** Two tabs share what the device keeps, so their numbers must differ; 15 digits are exact in a float. */
function newNumber(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2))
  return 1 + ((high % 2 ** 17) * 2 ** 32 + low)
}
