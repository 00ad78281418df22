import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

/** A picture of the visitor's. It lives in this tab's memory only; the address holds its number. */
export interface Picture {
  id: number
  file: Blob
  name: string
  previewUrl: string
}

/** So many pictures are kept for the back button; older ones are let go. */
export const KEPT = 8

export const usePicturesStore = defineStore('pictures', () => {
  const pictures = shallowReactive(new Map<number, Picture>())
  let last = 0

  function add(file: Blob, name: string): Picture {
    const picture = { id: ++last, file, name, previewUrl: URL.createObjectURL(file) }
    pictures.set(picture.id, picture)
    forgetOldest()
    return picture
  }

  function forgetOldest(): void {
    for (const [id, { previewUrl }] of pictures) {
      if (pictures.size <= KEPT) return
      URL.revokeObjectURL(previewUrl)
      pictures.delete(id)
    }
  }

  function find(id: number): Picture | null {
    return pictures.get(id) ?? null
  }

  return { add, find }
})
