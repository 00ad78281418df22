/** A picture of the visitor's, made ready to be sent once, whatever is asked about it afterwards. */
import { ApiError } from '@/api/errors'
import { usePicturesStore, type Picture } from '@/stores/pictures'

import { readyToSend } from './readyToSend'

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
  return usePicturesStore().settle(picture, await readyToSend(picture.file))
}
