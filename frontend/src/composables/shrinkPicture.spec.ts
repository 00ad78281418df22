import { describe, expect, it, vi } from 'vitest'

import { LONGEST_SIDE, shrinkPicture, shrunkSize } from './shrinkPicture'

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
  const file = new Blob(['picture'], { type: 'image/heic' })

  it('sends what this browser cannot decode as it is', async () => {
    await expect(shrinkPicture(file)).resolves.toBe(file)
  })

  it('draws upright, on white, at the smaller size, and lets the pixels go', async () => {
    const bitmap = { width: 3200, height: 1600, close: vi.fn() }
    const decode = vi.fn(() => Promise.resolve(bitmap))
    vi.stubGlobal('createImageBitmap', decode)
    const steps: string[] = []
    const context = {
      set fillStyle(value: string) {
        steps.push(`fill ${value}`)
      },
      fillRect: (...box: number[]) => steps.push(`rectangle ${box.join(' ')}`),
      drawImage: (_: unknown, ...box: number[]) => steps.push(`draw ${box.join(' ')}`),
    }
    const jpeg = new Blob(['smaller'], { type: 'image/jpeg' })
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never)
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(jpeg))

    await expect(shrinkPicture(file)).resolves.toBe(jpeg)
    expect(decode).toHaveBeenCalledWith(file, { imageOrientation: 'from-image' })
    expect(steps).toEqual(['fill white', 'rectangle 0 0 1600 800', 'draw 0 0 1600 800'])
    expect(bitmap.close).toHaveBeenCalledOnce()
    vi.unstubAllGlobals()
  })
})
