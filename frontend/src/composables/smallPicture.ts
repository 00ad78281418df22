/** Decoding, drawing small and encoding of one picture, on the page or in a worker. */

export const LONGEST_SIDE = 1600
/** A picture that comes out larger than this is encoded more strongly: a telephone sends it over a slow network. */
export const LARGEST_BYTES = 950_000
const QUALITIES = [0.9, 0.8, 0.65, 0.5]

export interface Size {
  width: number
  height: number
}

type AnyCanvas = HTMLCanvasElement | OffscreenCanvas

/** Two pixels side by side that are to be shown one above the other: a JPEG with EXIF orientation 6. */
const LYING =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP////////////////////////////' +
  '//////////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAA' +
  'AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z'

/** The size with the longer side at most `longest`, never enlarged, at least one pixel. */
export function shrunkSize({ width, height }: Size, longest = LONGEST_SIDE): Size {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The pixels, upright; null when this browser does not know the format. */
export function decode(file: Blob): Promise<ImageBitmap | null> {
  return createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
}

/** Whether `decode` turns a photograph upright: not all browsers read EXIF there, and which do is not told by their name. */
export async function decodesUpright(): Promise<boolean> {
  const lying = await decode(new Blob([Uint8Array.from(atob(LYING), (letter) => letter.charCodeAt(0))], { type: 'image/jpeg' }))
  // Where not even that can be decoded, nothing can be turned wrongly.
  return lying === null || lying.height > lying.width
}

/** The picture small, as a JPEG without metadata; null when there is nothing to draw on. */
export async function jpegOf(picture: CanvasImageSource, size: Size, canvas: AnyCanvas): Promise<Blob | null> {
  return drawOn(canvas, picture, size) ? encodedSmall(canvas) : null
}

/** Whether there was something to draw on. */
export function drawOn(canvas: AnyCanvas, picture: CanvasImageSource, { width, height }: Size): boolean {
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (context === null) return false
  // JPEG has no transparency; without this, clear pixels turn black and a line drawing vanishes.
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return true
}

async function encodedSmall(canvas: AnyCanvas): Promise<Blob | null> {
  let jpeg: Blob | null = null
  for (const quality of QUALITIES) {
    jpeg = await encoded(canvas, quality)
    if (jpeg === null || jpeg.size <= LARGEST_BYTES) break
  }
  return jpeg
}

function encoded(canvas: AnyCanvas, quality: number): Promise<Blob | null> {
  const type = 'image/jpeg'
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality })
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality))
}
