import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { IndexState } from '@/api/staffTypes'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, anAdministrator } from '@/testing/people'
import { refusal, server } from '@/testing/server'
import { aJob, aModel, anIndex } from '@/testing/staffSamples'

import IndexPage from './IndexPage.vue'

const SHARE = { hits: 38, of: 40, value: 0.95, low: 0.83, high: 0.99 }

async function indexPage(index: IndexState = anIndex(), me = anAdministrator()) {
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(me)),
    http.get('/api/v1/index/', () => HttpResponse.json(index)),
  )
  const { wrapper } = await mountAt(IndexPage, { address: '/index' })
  await eventually(() => expect(wrapper.find('[data-testid=agreement]').exists()).toBe(true))
  return wrapper
}

beforeEach(() => document.querySelectorAll('.v-overlay-container').forEach((one) => one.replaceChildren()))

describe('the index', () => {
  it('shows how much there is and that it agrees', async () => {
    const wrapper = await indexPage()
    expect(wrapper.find('[data-testid=agreement]').text()).toBe('Records, pictures and index agree')
    expect(wrapper.find('[data-testid=records]').text()).toBe('648')
    const road = wrapper.find('[data-testid=road-global]').text()
    for (const part of ['650', 'recto-compact-gem-192@1a2b3c4d', 'shipped with Recto', '20261120-a']) expect(road).toContain(part)
    expect(wrapper.find('[data-testid=last-check]').text()).toContain('took 4 seconds')
    expect(wrapper.find('[data-testid=last-compact]').text()).toBe('Last: never')
  })

  it('names every difference', async () => {
    const wrapper = await indexPage(anIndex({ agree: false, differences: ['3 images have no vector: 17, 18, 19.'] }))
    expect(wrapper.find('[data-testid=agreement]').text()).toContain('They do not agree')
    expect(wrapper.find('[data-testid=agreement] li').text()).toBe('3 images have no vector: 17, 18, 19.')
  })

  it('names a difference in the words of the reader', async () => {
    const said = { key: 'vectors_wait', params: { count: 1200 } }
    const wrapper = await indexPage(anIndex({ agree: false, differences: ['The English one.'], differences_said: [said] }))
    expect(wrapper.find('[data-testid=agreement] li').text()).toBe('1,200 pictures wait to be described, and no job does it.')
  })

  it('is only looked at by a curator', async () => {
    const wrapper = await indexPage(anIndex(), aCurator())
    for (const name of ['check', 'compact', 'activate']) expect(wrapper.find(`[data-testid=${name}]`).exists()).toBe(false)
  })

  it('is checked and compacted when an administrator asks for it', async () => {
    const asked: string[] = []
    const take = (name: string) => () => {
      asked.push(name)
      return HttpResponse.json(aJob({ state: 'queued' }), { status: 202 })
    }
    const wrapper = await indexPage()
    server.use(http.post('/api/v1/index/check/', take('check')), http.post('/api/v1/index/compact/', take('compact')))
    await wrapper.find('[data-testid=check]').trigger('click')
    await eventually(() => expect(asked).toEqual(['check']))
    await wrapper.find('[data-testid=compact]').trigger('click')
    await eventually(() => expect(asked).toEqual(['check', 'compact']))
  })
})

describe('a version', () => {
  it('is gone back to after a question', async () => {
    const asked: string[] = []
    const wrapper = await indexPage()
    server.use(
      http.post('/api/v1/knn-models/:id/activate/', ({ params }) => {
        asked.push(String(params.id))
        return HttpResponse.json(aModel({ id: 6 }))
      }),
    )
    await wrapper.find('[data-testid=activate]').trigger('click')
    await eventually(() => expect(document.body.textContent).toContain('Go back to the version before?'))
    expect(asked).toEqual([])
    document.querySelector<HTMLElement>('[data-testid=confirm]')?.click()
    await eventually(() => expect(asked).toEqual(['6']))
  })

  it('shows how well it finds', async () => {
    const kinds = [{ kind: 'detail-20', queries: 40, roads: { fused: { recall: { 1: SHARE, 10: SHARE, 50: { ...SHARE, value: null } }, map: 0.9 } } }]
    const body = { id: 1, version: '20261101-b', created_at: '2026-11-02T09:00:00Z', prints: null, figures: { queries: 40, kinds } }
    server.use(http.get('/api/v1/knn-models/7/evaluation/', () => HttpResponse.json(body)))
    // (Among how many records, only administrators are told.)
    const wrapper = await indexPage(anIndex(), aCurator())
    const details = wrapper.find('[data-testid=version] details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    await eventually(() => expect(details.find('tbody tr').text()).toContain('20 % of the sheet'))
    expect(details.findAll('tbody td').map((cell) => cell.text())).toEqual(['95 %', '95 %', '–'])
    for (const part of ['40 pictures were searched for, ', 'Measured with 20261101-b']) expect(details.text()).toContain(part)
  })

  it('says that it was never measured', async () => {
    server.use(http.get('/api/v1/knn-models/7/evaluation/', () => refusal(404, 'evaluation_missing', 'Never measured.')))
    const wrapper = await indexPage()
    const details = wrapper.find('[data-testid=version] details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    await eventually(() => expect(wrapper.find('[data-testid=not-measured]').exists()).toBe(true))
  })
})
