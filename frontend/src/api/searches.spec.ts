import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { anAnswer } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import { noFilters } from './filters'
import { postSearch, searchForm } from './searches'

const picture = new Blob(['not really a picture'], { type: 'image/jpeg' })
const subject = { kind: 'picture', file: picture, name: 'phone.jpg' } as const

describe('searchForm', () => {
  it('sends a picture under its name', () => {
    const file = searchForm({ subject, filters: noFilters(), limit: 25 }).get('image') as File
    expect([file.name, file.size]).toEqual(['phone.jpg', picture.size])
  })

  it('sends an image of the collection or an example by its number or name', () => {
    const image = searchForm({ subject: { kind: 'image', imageId: 17 }, filters: noFilters(), limit: 25 })
    const example = searchForm({ subject: { kind: 'example', slug: 'paresse' }, filters: noFilters(), limit: 25 })
    expect([...image]).toEqual([['image_id', '17'], ['limit', '25']])
    expect([...example]).toEqual([['example', 'paresse'], ['limit', '25']])
  })

  it('repeats a filter with several values', () => {
    const filters = { ...noFilters(), technique: ['4', '5'], yearFrom: 1500 }
    const form = searchForm({ subject, filters, limit: 50 })
    expect(form.getAll('technique')).toEqual(['4', '5'])
    expect(form.get('year_from')).toBe('1500')
  })
})

describe('postSearch', () => {
  it('answers with the results and reports when all was sent', async () => {
    const onSent = vi.fn()
    const answer = await postSearch({ subject, filters: noFilters(), limit: 25, onSent })
    expect(answer).toEqual(anAnswer())
    expect(onSent).toHaveBeenLastCalledWith(1)
  })

  it('says what the server said, and when to try again', async () => {
    server.use(
      http.post('/api/v1/searches/', () => refusal(503, 'extractor_away', 'The extractor is away.', { 'Retry-After': '5' })),
    )
    await expect(postSearch({ subject, filters: noFilters(), limit: 25 })).rejects.toMatchObject({
      code: 'extractor_away',
      message: 'The extractor is away.',
      retryAfter: 5,
    })
  })

  it('takes an answer that is not JSON for an error', async () => {
    server.use(http.post('/api/v1/searches/', () => new HttpResponse('<h1>hello</h1>')))
    await expect(postSearch({ subject, filters: noFilters(), limit: 25 })).rejects.toMatchObject({ code: 'http_200' })
  })

  it('says that the server cannot be reached', async () => {
    server.use(http.post('/api/v1/searches/', () => HttpResponse.error()))
    await expect(postSearch({ subject, filters: noFilters(), limit: 25 })).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('can be cancelled', async () => {
    const controller = new AbortController()
    server.use(
      http.post('/api/v1/searches/', () => {
        controller.abort()
        return HttpResponse.json(anAnswer())
      }),
    )
    const search = postSearch({ subject, filters: noFilters(), limit: 25, signal: controller.signal })
    await expect(search).rejects.toMatchObject({ name: 'AbortError' })
  })
})
