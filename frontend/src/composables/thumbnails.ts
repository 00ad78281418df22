/** Small pictures of what was searched with, as data URLs that can be kept on this device. */
const SIDE = 160
const QUALITY = 0.75

/** Empty where this browser cannot show the picture. */
export async function thumbnailOf(picture: Blob): Promise<string> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' }).catch(() => null)
  if (bitmap === null) return ''
  const drawn = drawnSmall(bitmap, bitmap)
  bitmap.close()
  return drawn
}

/** The same of a picture at an address of this server or of this tab. */
export async function thumbnailAt(address: string): Promise<string> {
  const image = Object.assign(new Image(), { src: address })
  try {
    await image.decode()
    return drawnSmall(image, { width: image.naturalWidth, height: image.naturalHeight })
  } catch {
    return ''
  }
}

function drawnSmall(source: CanvasImageSource, whole: { width: number; height: number }): string {
  const scale = Math.min(1, SIDE / Math.max(whole.width, whole.height))
  const width = Math.max(1, Math.round(whole.width * scale))
  const height = Math.max(1, Math.round(whole.height * scale))
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (context === null) return ''
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, width, height)
  return canvas.toDataURL('image/jpeg', QUALITY)
}
