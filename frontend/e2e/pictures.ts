/** Pictures to search with, made in the browser from those of the collection. */
import type { Page } from '@playwright/test'

export interface Upload {
  name: string
  mimeType: string
  buffer: Buffer
}

/** How the pictures are put together on one sheet. */
export interface Arrangement {
  urls: string[]
  mirrored?: boolean
}

/** The pictures side by side on a grey table, as a JPEG. */
export async function arranged(page: Page, arrangement: Arrangement): Promise<Upload> {
  const base64 = await page.evaluate(async ({ urls, mirrored }) => {
    const HEIGHT = 700
    const MARGIN = 60
    const blobs = await Promise.all(urls.map(async (url) => (await fetch(url)).blob()))
    const images = await Promise.all(blobs.map((blob) => createImageBitmap(blob)))
    const widths = images.map((image) => (image.width * HEIGHT) / image.height)
    const width = widths.reduce((sum, one) => sum + one + MARGIN, MARGIN)
    const canvas = Object.assign(document.createElement('canvas'), { width, height: HEIGHT + 2 * MARGIN })
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.fillStyle = '#6b675f'
    context.fillRect(0, 0, canvas.width, canvas.height)
    if (mirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0)
    let left = MARGIN
    images.forEach((image, index) => {
      context.drawImage(image, left, MARGIN, widths[index] as number, HEIGHT)
      left += (widths[index] as number) + MARGIN
    })
    return canvas.toDataURL('image/jpeg', 0.9).replace(/^.*,/, '')
  }, arrangement)
  return { name: 'arranged.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}

/** Nothing that any collection holds: soft spots of light, the same in each run. */
export async function spots(page: Page): Promise<Upload> {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 700 })
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    context.fillStyle = '#123524'
    context.fillRect(0, 0, 900, 700)
    for (let spot = 0; spot < 40; spot++) {
      const [x, y, radius] = [(spot * 337) % 900, (spot * 211) % 700, 40 + ((spot * 53) % 90)]
      const light = context.createRadialGradient(x, y, 0, x, y, radius)
      light.addColorStop(0, `hsl(${(spot * 47) % 360} 80% 60%)`)
      light.addColorStop(1, 'transparent')
      context.fillStyle = light
      context.fillRect(0, 0, 900, 700)
    }
    return canvas.toDataURL('image/jpeg', 0.9).replace(/^.*,/, '')
  })
  return { name: 'spots.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') }
}

/** The picture as an uncompressed TIFF, which the server reads and Chromium does not show. */
export async function tiff(page: Page, picture: Buffer): Promise<Upload> {
  const { width, height, grey } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const scale = 400 / Math.max(bitmap.width, bitmap.height)
    const size = { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) }
    const context = Object.assign(document.createElement('canvas'), size).getContext('2d') as CanvasRenderingContext2D
    context.drawImage(bitmap, 0, 0, size.width, size.height)
    const { data } = context.getImageData(0, 0, size.width, size.height)
    return { ...size, grey: Array.from({ length: size.width * size.height }, (_, index) => data[4 * index] ?? 0) }
  }, picture.toString('base64'))
  return { name: 'scan.tif', mimeType: 'image/tiff', buffer: greyTiff(width, height, Buffer.from(grey)) }
}

/** TIFF 6.0, section 3: eight bits of grey, one strip. */
function greyTiff(width: number, height: number, grey: Buffer): Buffer {
  const [SHORT, LONG] = [3, 4]
  const strip = 8
  const entries = [[256, LONG, width], [257, LONG, height], [258, SHORT, 8], [259, SHORT, 1], [262, SHORT, 1], [273, LONG, strip], [277, SHORT, 1], [278, LONG, height], [279, LONG, grey.length]]
  const directory = Buffer.alloc(2 + 12 * entries.length + 4)
  directory.writeUInt16LE(entries.length, 0)
  entries.forEach(([tag = 0, type = LONG, value = 0], index) => {
    const at = 2 + 12 * index
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(1, at + 4)
    directory.writeUInt32LE(value, at + 8)
  })
  const padded = grey.length % 2 ? Buffer.concat([grey, Buffer.alloc(1)]) : grey
  const header = Buffer.alloc(8)
  header.write('II*\0', 0, 'latin1')
  header.writeUInt32LE(strip + padded.length, 4)
  return Buffer.concat([header, padded, directory])
}
