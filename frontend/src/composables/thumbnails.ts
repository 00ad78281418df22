/** Small pictures of what was searched with, as data URLs that can be kept on this device. */
import { decode, drawOn, shrunkSize, type Size } from './smallPicture'

const SIDE = 160
const QUALITY = 0.75

/** Empty where this browser cannot show the picture. */
export async function thumbnailOf(picture: Blob): Promise<string> {
  const bitmap = await decode(picture)
  if (bitmap === null) return ''
  const thumbnail = drawn(bitmap, bitmap)
  bitmap.close()
  return thumbnail
}

/** The same of a picture at an address of this server or of this tab. */
export async function thumbnailAt(address: string): Promise<string> {
  const image = Object.assign(new Image(), { src: address })
  try {
    await image.decode()
    return drawn(image, { width: image.naturalWidth, height: image.naturalHeight })
  } catch {
    return ''
  }
}

function drawn(picture: CanvasImageSource, whole: Size): string {
  const canvas = document.createElement('canvas')
  return drawOn(canvas, picture, shrunkSize(whole, SIDE)) ? canvas.toDataURL('image/jpeg', QUALITY) : ''
}
