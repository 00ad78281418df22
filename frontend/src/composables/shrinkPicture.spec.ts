import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest'

import { shrinkPicture } from './shrinkPicture'
import { LARGEST_BYTES, LONGEST_SIDE, shrunkSize } from './smallPicture'

describe('shrunkSize', () => {
  it.each([
    [{ width: 4000, height: 3000 }, { width: 1600, height: 1200 }],
    [{ width: 3000, height: 4000 }, { width: 1200, height: 1600 }],
    [{ width: 1600, height: 900 }, { width: 1600, height: 900 }],
    [{ width: 20, height: 10 }, { width: 20, height: 10 }],
    [{ width: 100_000, height: 3 }, { width: 1600, height: 1 }],
  ])('%j becomes %j', (size, shrunk) => {
    expect(shrunkSize(size)).toEqual(shrunk)
    expect(LONGEST_SIDE).toBe(1600)
  })
})

describe('shrinkPicture', () => {
  // jsdom has no decoder.
  beforeEach(() => void Object.assign(HTMLImageElement.prototype, { decode: () => Promise.resolve() }))
  afterEach(() => void Reflect.deleteProperty(HTMLImageElement.prototype, 'decode'))

  const file = new Blob(['picture'], { type: 'image/heic' })

  it('sends what this browser cannot decode as it is', async () => {
    await expect(shrinkPicture(file)).resolves.toBe(file)
  })

  const jpeg = new Blob(['smaller'], { type: 'image/jpeg' })
  const large = { width: 3200, height: 1600, close: vi.fn() }

  /** A browser that decodes; one that reads EXIF there shows the lying test picture standing. */
  function browserThatDecodes({ upright }: { upright: boolean }): { decode: Mock; steps: string[] } {
    const steps: string[] = []
    const context = {
      set fillStyle(value: string) {
        steps.push(`fill ${value}`)
      },
      fillRect: (...box: number[]) => steps.push(`rectangle ${box.join(' ')}`),
      drawImage: (what: unknown, ...box: number[]) => steps.push(`draw ${what === large ? 'pixels' : 'element'} ${box.join(' ')}`),
    }
    const decode = vi.fn((blob: Blob) => Promise.resolve(blob === file ? large : { width: upright ? 1 : 2, height: upright ? 2 : 1 }))
    vi.stubGlobal('createImageBitmap', decode)
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never)
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(jpeg))
    return { decode, steps }
  }

  it('draws upright, on white, at the smaller size, and lets the pixels go', async () => {
    const { decode, steps } = browserThatDecodes({ upright: true })
    await expect(shrinkPicture(file)).resolves.toBe(jpeg)
    expect(decode).toHaveBeenLastCalledWith(file, { imageOrientation: 'from-image' })
    expect(steps).toEqual(['fill white', 'rectangle 0 0 1600 800', 'draw pixels 0 0 1600 800'])
    expect(large.close).toHaveBeenCalledOnce()
  })

  it('draws the element, which is upright, where decoding does not read EXIF', async () => {
    const { steps } = browserThatDecodes({ upright: false })
    vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockReturnValue(900)
    vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockReturnValue(1600)
    await expect(shrinkPicture(file)).resolves.toBe(jpeg)
    expect(steps.at(-1)).toBe('draw element 0 0 900 1600')
  })

  it('encodes more strongly what comes out too large', async () => {
    browserThatDecodes({ upright: true })
    const qualities: unknown[] = []
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done, _, quality: unknown) => {
      qualities.push(quality)
      done(new Blob([new Uint8Array(qualities.length < 3 ? LARGEST_BYTES + 1 : 10)]))
    })
    await expect(shrinkPicture(file)).resolves.toMatchObject({ size: 10 })
    expect(qualities).toEqual([0.9, 0.8, 0.65])
  })
})
