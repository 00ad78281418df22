import { describe, expect, it, vi } from 'vitest'

import { thumbnailOf } from './thumbnails'

const pixels = { width: 3200, height: 1600, close: vi.fn() }

describe('thumbnailOf', () => {
  it('is empty where this browser cannot show the picture', async () => {
    await expect(thumbnailOf(new Blob())).resolves.toBe('')
  })

  it('draws upright, on white, and lets the pixels go', async () => {
    const decode = vi.fn(() => Promise.resolve(pixels))
    vi.stubGlobal('createImageBitmap', decode)
    const context = { fillStyle: '', fillRect: vi.fn(), drawImage: vi.fn() }
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never)
    const encode = vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/jpeg,x')
    const picture = new Blob()
    await expect(thumbnailOf(picture)).resolves.toBe('data:image/jpeg,x')
    expect(decode).toHaveBeenCalledWith(picture, { imageOrientation: 'from-image' })
    expect(context.fillStyle).toBe('white')
    expect(context.drawImage).toHaveBeenCalledWith(pixels, 0, 0, 160, 80)
    expect(encode).toHaveBeenCalledWith('image/jpeg', 0.75)
    expect(pixels.close).toHaveBeenCalledOnce()
  })
})
