import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it } from 'vitest'

import { aPage, info } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import { getExamples, getFacets, getInfo, getPrint, getPrints, getSimilarPrints } from './catalogue'
import { setApiLanguage } from './client'
import { noFilters } from './filters'

afterEach(() => setApiLanguage('en'))

describe('reading the catalogue', () => {
  it('asks for the language of the page', async () => {
    let asked: string | null = null
    server.use(
      http.get('/api/v1/info/', ({ request }) => {
        asked = request.headers.get('Accept-Language')
        return HttpResponse.json(info())
      }),
    )
    setApiLanguage('fr')
    await expect(getInfo()).resolves.toMatchObject({ prints: 648 })
    expect(asked).toBe('fr')
  })

  it('repeats a filter with several values and pages', async () => {
    let address = ''
    server.use(
      http.get('/api/v1/prints/', ({ request }) => {
        address = new URL(request.url).search
        return HttpResponse.json(aPage())
      }),
    )
    await getPrints({ filters: { ...noFilters(), technique: ['4', '5'], q: 'a b' }, page: 2, pageSize: 60 })
    expect(address).toBe('?technique=4&technique=5&q=a%20b&page=2&page_size=60')
  })

  it('reads prints, facets, examples and similar prints', async () => {
    await expect(getPrint(12)).resolves.toMatchObject({ id: 12 })
    await expect(getFacets(noFilters())).resolves.toMatchObject({ total: 648 })
    await expect(getExamples()).resolves.toHaveLength(1)
    await expect(getSimilarPrints(12, 5)).resolves.toMatchObject({ total: 648 })
  })
})

describe('when no answer comes', () => {
  it('says what the server said', async () => {
    server.use(http.get('/api/v1/prints/:id/', () => refusal(404, 'not_found', 'There is no print 99.')))
    await expect(getPrint(99)).rejects.toMatchObject({ status: 404, code: 'not_found', message: 'There is no print 99.' })
  })

  it('reads Retry-After', async () => {
    server.use(http.get('/api/v1/info/', () => refusal(503, 'starting', 'Starting.', { 'Retry-After': '7' })))
    await expect(getInfo()).rejects.toMatchObject({ status: 503, retryAfter: 7 })
  })

  it('takes the page of a proxy for no answer of ours', async () => {
    server.use(http.get('/api/v1/info/', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })))
    await expect(getInfo()).rejects.toMatchObject({ status: 502, code: 'http_502', message: '' })
  })

  it('says that the server cannot be reached', async () => {
    server.use(http.get('/api/v1/info/', () => HttpResponse.error()))
    await expect(getInfo()).rejects.toMatchObject({ status: 0, code: 'unreachable' })
  })

  it('stays silent about an abort of our own', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(getInfo(controller.signal)).rejects.toMatchObject({ name: 'AbortError' })
  })
})
