import { createPinia, setActivePinia } from 'pinia'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { ApiError } from '@/api/errors'
import { useServerStore } from '@/stores/server'
import { info } from '@/testing/samples'
import { server } from '@/testing/server'

import { readyToSend } from './readyToSend'

// jsdom decodes nothing: every picture stays as it is.
const picture = (bytes: number): Blob => new Blob([new Uint8Array(bytes)], { type: 'image/tiff' })
const limited = (bytes: number) => info({ limits: { ...info().limits, max_bytes: bytes } })

describe('readyToSend', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('gives back what this browser cannot decode', async () => {
    const file = picture(10)
    await expect(readyToSend(file)).resolves.toBe(file)
  })

  it('refuses what is over the limit that the server named', async () => {
    useServerStore().info = limited(3)
    await expect(readyToSend(picture(3))).resolves.toHaveProperty('size', 3)
    await expect(readyToSend(picture(4))).rejects.toMatchObject({ code: 'picture_too_large', status: 413 })
  })

  it('asks for the limit before it sends much', async () => {
    server.use(http.get('/api/v1/info/', () => HttpResponse.json(limited(1_500_000))))
    await expect(readyToSend(picture(2_000_000))).rejects.toMatchObject({
      message: 'This picture has 2 MB and this browser cannot make it smaller; at most 1.5 MB can be sent. Save it smaller, or as JPEG.',
    })
  })

  it('leaves it to the server where that does not tell', async () => {
    server.use(http.get('/api/v1/info/', () => HttpResponse.error()))
    await expect(readyToSend(picture(2_000_000))).resolves.toHaveProperty('size', 2_000_000)
  })

  it('refuses what cannot be read', async () => {
    const folder = new File([], 'folder')
    folder.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) })
    const refused = readyToSend(folder)
    await expect(refused).rejects.toBeInstanceOf(ApiError)
    await expect(refused).rejects.toMatchObject({ code: 'file_unreadable', status: 400 })
  })
})
