/** Photographs as telephones make them, put together by the test, and what the page made of them before it sent them. */
import type { Page } from '@playwright/test'

import type { Upload } from './pictures'

const file = (name: string, mimeType: string, base64: string): Upload => ({ name, mimeType, buffer: Buffer.from(base64, 'base64') })

/** Nested rectangles, 160 by 120 pixels: Chromium reads the one kind and not the other. */
export const AVIF = file(
  'print.avif',
  'image/avif',
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAA' +
  'AAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAzgAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtp' +
  'cGNvAAAAFGlzcGUAAAAAAAAAoAAAAHgAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEA' +
  'AQQBAoMEAAAA1m1kYXQSAAoJGB2n+7RAQ0GhMr4BRMR4eF3JppphYApA26+D53RDC9SZK8A5TX/KR596Kh75zZKCWqb5ROIgrko7Us6zPvWERXvSVy5Q' +
  'Nc/ZEKkdi42HLfxX5FgI3urp47MNeLI2Pmx+4RQVSIkJ0HYDvh3qVLyoZgp/i2tLLTmThZ0NRyKbGIuWpRnFtIUKDlEjyVGmfgqJ6OGJ9bsAg2ru5d7O' +
  '4hTJ96g+LBOCnNxnGP1WtHY87cdpPSdaxd5RGbTW9t+IXoyZC5fAeLWPfmEWgA==',
)
export const HEIC = file(
  'IMG_0042.HEIC',
  'image/heic',
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERA' +
  'AAEAAQAAAAABegABAAAAAAAAAO8AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAA' +
  'AHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoBQgeWW6' +
  'kkprm4CGgwIAAAMAMgAAAwACEGIAAQAHRAHBcrBiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAACgAAAAeAAAABBwaXhpAAAAAAMICAgA' +
  'AAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAPdtZGF0AAAA6ygBrwtQiJhn992C/snIr1iXgpkfagzmNChTn7qqf9fHWLenAV3+16BuwhhDJ2+RzbGFu8cn' +
  'eNV4tZxwt+El3iZ8BTodd2VmXJPtMHaUFwG0qtqHpG5rYZUj3FLQTNgMxZczuz9EAH7l7JNIxM4Wk9vdv6lP5/fWSTkYLGF/LfSYyrH+5J4P430UezZF' +
  'rRR7PtU6238D9L3+SPDfdjk573ZYCPDpES8sv3n+rR3lWcMCoiDg/cLx3hTZPEw2UQsuuPEOJGKIGwS3mi73jS20cDLohx3kl1coYaxFDQkbBBknZdBP' +
  '6NzyObPys6A=',
)

/** What a search was sent with. */
export interface Sent {
  type: string
  name: string
  bytes: number
  width: number
  height: number
  /** Red in the middle of each quarter: top left, top right, bottom left, bottom right. */
  quarters: number[]
}

/** From now on the page remembers the pictures that it sends: the protocol of the browser does not show files. */
export async function watchSending(page: Page): Promise<() => Promise<Sent[]>> {
  await page.addInitScript(() => {
    const sent: File[] = []
    Object.assign(window, { sentPictures: sent })
    const send = XMLHttpRequest.prototype.send
    XMLHttpRequest.prototype.send = function (body) {
      const image = body instanceof FormData ? body.get('image') : null
      if (image instanceof File) sent.push(image)
      return send.call(this, body)
    }
  })
  return () => page.evaluate(describeSent)
}

async function describeSent(): Promise<Sent[]> {
  const { sentPictures } = window as unknown as { sentPictures: File[] }
  return Promise.all(
    sentPictures.map(async ({ type, name, size: bytes }, index) => {
      const bitmap = await createImageBitmap(sentPictures[index] as File, { imageOrientation: 'none' }).catch(() => null)
      if (bitmap === null) return { type, name, bytes, width: 0, height: 0, quarters: [] }
      const { width, height } = bitmap
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D
      context.drawImage(bitmap, 0, 0)
      const quarters = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data[0] ?? 0))
      return { type, name, bytes, width, height, quarters }
    }),
  )
}

/** How each EXIF orientation shows what is stored: the matrix of the canvas that stores it so, for a picture w by h. */
const STORED: Record<number, [number, number, number, number, 'w' | '0' | 'h', 'w' | '0' | 'h']> = {
  1: [1, 0, 0, 1, '0', '0'],
  2: [-1, 0, 0, 1, 'w', '0'],
  3: [-1, 0, 0, -1, 'w', 'h'],
  4: [1, 0, 0, -1, '0', 'h'],
  5: [0, 1, 1, 0, '0', '0'],
  6: [0, -1, 1, 0, '0', 'w'],
  7: [0, -1, -1, 0, 'h', 'w'],
  8: [0, 1, -1, 0, 'h', '0'],
}

/** Four quarters of different grey, 240 by 160 when upright, stored as this orientation asks, with the EXIF that says so. */
export async function turned(page: Page, orientation: number): Promise<Upload> {
  const base64 = await page.evaluate((matrix) => {
    const [width, height] = [240, 160]
    const lying = matrix[0] === 0
    const canvas = Object.assign(document.createElement('canvas'), { width: lying ? height : width, height: lying ? width : height })
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const shift = { 0: 0, w: width, h: height }
    context.setTransform(matrix[0], matrix[1], matrix[2], matrix[3], shift[matrix[4]], shift[matrix[5]])
    for (const [index, grey] of [20, 90, 160, 230].entries()) {
      context.fillStyle = `rgb(${grey} ${grey} ${grey})`
      context.fillRect((index % 2) * 120, Math.floor(index / 2) * 80, 120, 80)
    }
    return canvas.toDataURL('image/jpeg', 0.95).replace(/^.*,/, '')
  }, STORED[orientation] as [number, number, number, number, 'w', 'h'])
  const jpeg = Buffer.from(base64, 'base64')
  return { name: `turned-${orientation}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.concat([jpeg.subarray(0, 2), exif(orientation), jpeg.subarray(2)]) }
}

/** An APP1 segment whose one entry is the orientation (EXIF 2.32, tag 0x0112). */
function exif(orientation: number): Buffer {
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  return Buffer.from([0xff, 0xe1, 0, 8 + tiff.length, ...Buffer.from('Exif\0\0', 'latin1'), ...tiff])
}

/** Chooses a photograph of 50 megapixels, which is made in the page: it is too large to be handed over. Its bytes. */
export function chooseLarge(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const tile = new OffscreenCanvas(433, 289)
    const small = tile.getContext('2d') as OffscreenCanvasRenderingContext2D
    for (let spot = 0; spot < 4000; spot++) {
      small.fillStyle = `hsl(${(spot * 47) % 360} 30% ${20 + ((spot * 13) % 60)}%)`
      small.fillRect((spot * 337) % 433, (spot * 211) % 289, 1 + (spot % 7), 1 + (spot % 5))
    }
    const canvas = new OffscreenCanvas(8660, 5774)
    canvas.getContext('2d')?.drawImage(tile, 0, 0, 8660, 5774)
    const photograph = new File([await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })], 'large.jpg', { type: 'image/jpeg' })
    const transfer = new DataTransfer()
    transfer.items.add(photograph)
    const input = document.querySelector('[data-testid=choose]') as HTMLInputElement
    input.files = transfer.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
    return photograph.size
  })
}
