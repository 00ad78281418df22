import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { stubDatabase } from '@/testing/device'

import { KEPT_MS, MOST_KEPT, toRemove, type KeptPicture } from './keptPictures'
import { usePicturesStore } from './pictures'

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

const small = new Blob(['small'], { type: 'image/jpeg' })

describe('the pictures of a page', () => {
  it('are kept under numbers that no other tab has, the oldest let go', () => {
    const pictures = usePicturesStore()
    const revoke = vi.spyOn(URL, 'revokeObjectURL')
    const first = pictures.add(new Blob(), 'first.jpg')
    const others = Array.from({ length: MOST_KEPT }, (_, index) => pictures.add(new Blob(), `${index}.jpg`))
    expect(pictures.find(first.id)).toBeNull()
    expect(pictures.find(others[0]?.id ?? 0)?.name).toBe('0.jpg')
    expect(revoke).toHaveBeenCalledExactlyOnceWith(first.previewUrl)
    const ids = others.map(({ id }) => id)
    expect([new Set(ids).size, ids.every((id) => id > 0 && /^\d{1,15}$/.test(String(id)))]).toEqual([MOST_KEPT, true])
  })

  it('are what is sent once they are small, and shown as they were', () => {
    const pictures = usePicturesStore()
    const picture = pictures.add(new Blob(['large']), 'a.jpg')
    expect(pictures.settle(picture, small)).toMatchObject({ file: small, ready: true, previewUrl: picture.previewUrl })
    expect(pictures.find(picture.id)?.file).toBe(small)
  })

  it('are shown small where the photograph would fill the memory', () => {
    const pictures = usePicturesStore()
    vi.useFakeTimers()
    const revoke = vi.spyOn(URL, 'revokeObjectURL')
    const picture = pictures.add(new Blob([new Uint8Array(7_000_000)]), 'a.jpg')
    const { previewUrl } = pictures.settle(picture, small)
    expect(previewUrl).not.toBe(picture.previewUrl)
    expect(revoke).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(revoke).toHaveBeenCalledExactlyOnceWith(picture.previewUrl)
  })

  it('are gone when the visitor leaves', async () => {
    const pictures = usePicturesStore()
    const { id } = pictures.add(new Blob(), 'a.jpg')
    await pictures.forget()
    expect([pictures.find(id), await pictures.recall(id)]).toEqual([null, null])
  })

  it('do without a place on the device', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('Forbidden', 'SecurityError')
      },
    })
    const pictures = usePicturesStore()
    const { id } = pictures.add(new Blob(), 'a.jpg')
    expect([(await pictures.recall(id))?.id, await pictures.recall(7)]).toEqual([id, null])
  })
})

describe('what this device keeps of a picture that is made small only after others took its place', () => {
  const settled = async (forget: boolean) => {
    const stored = stubDatabase()
    const pictures = usePicturesStore()
    const picture = pictures.add(new Blob(['as it was photographed']), 'a.jpg')
    await vi.waitFor(() => expect(stored.has(picture.id)).toBe(true))
    // More of them on the page than in the store: pictures that another tab made, and that were gone back to.
    stored.clear()
    for (let more = 0; more < MOST_KEPT; more++) pictures.add(new Blob(), `${more}.jpg`)
    await vi.waitFor(() => expect(stored.size).toBe(MOST_KEPT))
    stored.clear()
    if (!forget) stored.set(picture.id, picture)
    expect(pictures.find(picture.id)).toBeNull()
    pictures.settle(picture, small)
    return { stored, id: picture.id }
  }

  it('is the small one', async () => {
    const { stored, id } = await settled(false)
    await vi.waitFor(() => expect(stored.get(id)).toMatchObject({ file: small, ready: true, name: 'a.jpg' }))
    expect(stored.get(id)).not.toHaveProperty('previewUrl')
  })

  it('is nothing where it was removed', async () => {
    const { stored } = await settled(true)
    // What is asked for later comes later.
    const other = usePicturesStore().add(new Blob(), 'b.jpg')
    await vi.waitFor(() => expect([...stored.keys()]).toEqual([other.id]))
  })
})

describe('what this device keeps', () => {
  const kept = (minutesAgo: number): KeptPicture => ({ id: minutesAgo, file: small, name: '', ready: true, at: Date.now() - minutesAgo * 60_000 })

  it('is removed after an hour, and when it is too much', () => {
    expect(KEPT_MS).toBe(60 * 60_000)
    const pictures = [3, 61, 1, 60, 59].map(kept)
    expect(toRemove(pictures).map(({ id }) => id)).toEqual([60, 61])
    const many = Array.from({ length: MOST_KEPT + 2 }, (_, index) => kept(index))
    expect(toRemove(many).map(({ id }) => id)).toEqual([MOST_KEPT, MOST_KEPT + 1])
  })
})
