/** Makes a photograph small enough to send: upright, at most 1600 px, JPEG, without its metadata. */
import { decode, decodesUpright, jpegOf, shrunkSize, type Size } from './smallPicture'

/**
 * The picture as it is sent. A format that this browser cannot decode (HEIC outside Safari, TIFF) is sent as it
 * is: the server may know it, and says so in a sentence if not.
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  if (!(await decodesUpright())) return (await shownSmall(file)) ?? file
  // A worker that is refused or runs out of memory is no answer; "not decodable" is one.
  const beside = await shrunkBeside(file).catch(() => undefined)
  return (beside === undefined ? await shrunkHere(file) : beside) ?? file
}

/** By a worker; fails where there is none, or no canvas in it. */
function shrunkBeside(file: Blob): Promise<Blob | null> {
  return new Promise((resolve, reject) => {
    if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return reject(new Error('No canvas in a worker.'))
    const worker = new Worker(new URL('./shrinkPicture.worker.ts', import.meta.url), { type: 'module' })
    const end = (settle: () => void): void => {
      worker.terminate()
      settle()
    }
    worker.onmessage = ({ data }: MessageEvent<Blob | null>) => end(() => resolve(data))
    worker.onerror = (event) => {
      event.preventDefault()
      end(() => reject(new Error(event.message)))
    }
    worker.postMessage(file)
  })
}

async function shrunkHere(file: Blob): Promise<Blob | null> {
  const bitmap = await decode(file)
  if (bitmap === null) return null
  try {
    return await drawn(bitmap, bitmap)
  } finally {
    bitmap.close()
  }
}

/** As an element of the page, which is turned upright also where decoding does not read EXIF. */
async function shownSmall(file: Blob): Promise<Blob | null> {
  const image = Object.assign(new Image(), { src: URL.createObjectURL(file) })
  try {
    await image.decode()
    return await drawn(image, { width: image.naturalWidth, height: image.naturalHeight })
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

function drawn(picture: CanvasImageSource, size: Size): Promise<Blob | null> {
  return jpegOf(picture, shrunkSize(size), document.createElement('canvas'))
}
