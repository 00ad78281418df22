import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { anAnswer, aFind, info } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import EmbedPage from './EmbedPage.vue'

function choose(input: HTMLInputElement, content: BlobPart = 'x'): void {
  Object.defineProperty(input, 'files', { configurable: true, value: [new File([content], 'print.heic', { type: 'image/heic' })] })
  input.dispatchEvent(new Event('change'))
}

describe('the search box for other sites', () => {
  it('searches in the collection it was asked for and opens what it found in a window of its own', async () => {
    let sent = ''
    server.use(
      http.post('/api/v1/searches/', async ({ request }) => {
        sent = await request.text()
        return HttpResponse.json(anAnswer([aFind()], { verdict: 'same_image' }))
      }),
    )
    const { wrapper } = await mountAt(EmbedPage, { address: '/embed?collection=prints' })
    choose(wrapper.get<HTMLInputElement>('[data-testid=embed-choose]').element)
    await eventually(() => expect(wrapper.get('[data-testid=embed-verdict]').text()).toBe('This print is in the collection'))
    expect(sent).toMatch(/name="collection"\s+prints/)
    expect(sent).toMatch(/name="limit"\s+3/)
    expect(wrapper.get('[data-testid=embed-result]').attributes()).toMatchObject({ href: '/prints/12', target: '_blank', rel: 'noopener' })
  })

  it('says what went wrong', async () => {
    server.use(http.post('/api/v1/searches/', () => refusal(415, 'not_an_image', 'This file is not a picture.')))
    const { wrapper } = await mountAt(EmbedPage, { address: '/embed' })
    choose(wrapper.get<HTMLInputElement>('[data-testid=embed-choose]').element)
    await eventually(() => expect(wrapper.get('[role=alert]').text()).toContain('This file is not a picture.'))
  })
  it('sends nothing that the server would refuse', async () => {
    const searches: Request[] = []
    server.use(http.post('/api/v1/searches/', ({ request }) => void searches.push(request)))
    server.use(http.get('/api/v1/info/', () => HttpResponse.json(info({ limits: { ...info().limits, max_bytes: 1_000_000 } }))))
    const { wrapper } = await mountAt(EmbedPage, { address: '/embed' })
    choose(wrapper.get<HTMLInputElement>('[data-testid=embed-choose]').element, new Uint8Array(2_000_000))
    await eventually(() => expect(wrapper.get('[role=alert]').text()).toContain('at most 1 MB can be sent'))
    expect(searches).toEqual([])
  })
})
