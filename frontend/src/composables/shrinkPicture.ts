/** Makes a photograph small enough to send: upright, at most 1600 px, JPEG, without its metadata. */

export const LONGEST_SIDE = 1600
const QUALITY = 0.9

export interface Size {
  width: number
  height: number
}

/** The size with the longer side at most `longest`, never enlarged, at least one pixel. */
export function shrunkSize({ width, height }: Size, longest = LONGEST_SIDE): Size {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * The picture as it is sent. A format that this browser cannot decode (HEIC outside Safari, TIFF) is sent as it
 * is: the server may know it, and says so in a sentence if not.
 */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (bitmap === null) return file
  try {
    return (await jpegOf(bitmap)) ?? file
  } finally {
    bitmap.close()
  }
}

function jpegOf(bitmap: ImageBitmap): Promise<Blob | null> {
  const { width, height } = shrunkSize(bitmap)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (context === null) return Promise.resolve(null)
  // JPEG has no transparency; without this, clear pixels turn black and a line drawing vanishes.
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}
