import { delay, http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Search } from '@/api/types'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aFind, aListItem, aMatch, anAnswer, anExample, anImage, aPage, aResult } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import SearchPage from './SearchPage.vue'

describe('the start page', () => {
  it('offers the ways in, examples and prints of the collection', async () => {
    const { wrapper } = await mountAt(SearchPage)
    await eventually(() => expect(wrapper.find('[data-testid=example]').exists()).toBe(true))
    expect(wrapper.find('[data-testid=example]').attributes('href')).toBe('/?example=paresse')
    await eventually(() => expect(wrapper.find('.print-wall a').attributes('href')).toBe('/prints/12'))
    expect(wrapper.findAll('input[type=file]')).toHaveLength(2)
    await eventually(() => expect(wrapper.text()).toContain('See all 648 prints'))
  })

  it('says that no prints are loaded', async () => {
    server.use(http.get('/api/v1/prints/', () => HttpResponse.json(aPage([]))))
    const { wrapper } = await mountAt(SearchPage)
    await eventually(() => expect(wrapper.text()).toContain('No prints are loaded yet.'))
  })

  it('shows an error of the collection beside the ways in', async () => {
    server.use(http.get('/api/v1/prints/', () => refusal(500, 'broken', 'The database is locked.')))
    const { wrapper } = await mountAt(SearchPage)
    await eventually(() => expect(wrapper.text()).toContain('The database is locked.'))
    expect(wrapper.findAll('input[type=file]')).toHaveLength(2)
  })

  it('does without examples', async () => {
    server.use(http.get('/api/v1/examples/', () => HttpResponse.json([])))
    const { wrapper } = await mountAt(SearchPage)
    await eventually(() => expect(wrapper.find('.print-wall').exists()).toBe(true))
    expect(wrapper.text()).not.toContain('Try it')
  })

  it('shows every example and picture it was given', async () => {
    server.use(
      http.get('/api/v1/examples/', () => HttpResponse.json([anExample(), anExample({ slug: 'b' })])),
      http.get('/api/v1/prints/', () => HttpResponse.json(aPage([aListItem(), aListItem({ id: 13, image: null })]))),
    )
    const { wrapper } = await mountAt(SearchPage)
    await eventually(() => expect(wrapper.findAll('[data-testid=example]')).toHaveLength(2))
    await eventually(() => expect(wrapper.find('.print-wall').text()).toContain('No picture'))
  })
})

describe('the results', () => {
  it('come after skeletons, with the focus on their heading', async () => {
    let answer: () => void = () => undefined
    const asked = new Promise<void>((resolve) => (answer = resolve))
    server.use(http.post('/api/v1/searches/', () => asked.then(() => HttpResponse.json(anAnswer()))))
    const { wrapper } = await mountAt(SearchPage, { address: '/?example=paresse' })
    await eventually(() => expect(wrapper.find('[data-testid=skeleton]').exists()).toBe(true))
    answer()
    await eventually(() => expect(wrapper.findAll('[data-testid=result]')).toHaveLength(1))
    expect(wrapper.find('[data-testid=summary]').text()).toContain('best of 648 prints')
    expect(wrapper.find('[data-testid=skeleton]').exists()).toBe(false)
    await eventually(() => expect(document.activeElement?.id).toBe('search-results-heading'))
  })

  it('show the picture that is looked for', async () => {
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=17' })
    await eventually(() => expect(wrapper.find('[data-testid=query-picture]').attributes('src')).toBe('/media/images/17/display/'))
  })

  it('say that nothing is left under the filters, and how to mend it', async () => {
    server.use(http.post('/api/v1/searches/', () => HttpResponse.json(anAnswer([], { total: 0 }))))
    const { wrapper, router } = await mountAt(SearchPage, { address: '/?image=17&technique=4' })
    await eventually(() => expect(wrapper.find('[data-testid=empty]').text()).toContain('No print is left under these filters.'))
    await wrapper.find('[data-testid=empty] button').trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=17'))
  })

  it('say honestly that the print is not there', async () => {
    server.use(http.post('/api/v1/searches/', () => HttpResponse.json(anAnswer([aResult()], { verdict: 'not_found' }))))
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=17' })
    await eventually(() => expect(wrapper.find('h1').text()).toBe('Probably not in this collection'))
    expect(wrapper.find('[data-testid=group-rest] h2').text()).toBe('What comes nearest')
  })

  it('try again when asked after an error', async () => {
    server.use(http.post('/api/v1/searches/', () => refusal(500, 'broken', 'The disk is full.'), { once: true }))
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=17' })
    await eventually(() => expect(wrapper.find('[data-testid=error]').text()).toContain('The disk is full.'))
    await wrapper.find('[data-testid=error] button').trigger('click')
    await eventually(() => expect(wrapper.findAll('[data-testid=result]')).toHaveLength(1))
  })

  it('count down while the extractor is away', async () => {
    server.use(http.post('/api/v1/searches/', () => refusal(503, 'extractor_away', 'Away.', { 'Retry-After': '30' })))
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=17' })
    await eventually(() => expect(wrapper.find('[data-testid=countdown]').text()).toBe('Trying again in 30 seconds'))
  })

  it('can be given up', async () => {
    server.use(http.post('/api/v1/searches/', async () => delay('infinite')))
    const { wrapper, router } = await mountAt(SearchPage, { address: '/?image=17' })
    await eventually(() => expect(wrapper.text()).toContain('Cancel'))
    await wrapper.findAll('button').find((button) => button.text() === 'Cancel')?.trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/'))
  })

  it('come all at once and are shown by and by', async () => {
    const limits: (string | undefined)[] = []
    server.use(
      http.post('/api/v1/searches/', async ({ request }) => {
        const limit = /name="limit"\s+(\d+)/.exec(await request.text())?.[1]
        limits.push(limit)
        return HttpResponse.json(anAnswer(Array.from({ length: 40 }, (_, i) => aResult({ image: { ...aResult().image, id: i } }))))
      }),
    )
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=17' })
    await eventually(() => expect(wrapper.findAll('[data-testid=result]')).toHaveLength(25))
    expect(wrapper.find('[data-testid=shown]').text()).toBe('25 of 40 results shown')
    await wrapper.find('[data-testid=more]').trigger('click')
    await eventually(() => expect(wrapper.findAll('[data-testid=result]')).toHaveLength(40))
    // The keyboard goes on with what came.
    expect(document.activeElement).toBe(wrapper.findAll('[data-open]')[25]?.element)
    expect([limits, wrapper.find('[data-testid=more]').exists()]).toEqual([['100'], false])
    expect(wrapper.find('[data-testid=end]').text()).toContain('Those were the 40 nearest prints.')
  })
})

const answered = (answer: Search): void => server.use(http.post('/api/v1/searches/', () => HttpResponse.json(answer)))

describe('verified results', () => {
  it('lead to their evidence, and back to where the keyboard was', async () => {
    answered(anAnswer([aFind(), aResult({ image: anImage(18) })], { verdict: 'same_image' }))
    const { wrapper, router } = await mountAt(SearchPage, { address: '/?image=3' })
    await eventually(() => expect(wrapper.findAll('[data-testid=compare]')).toHaveLength(1))
    await wrapper.find('[data-testid=compare]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=evidence]').exists()).toBe(true))
    expect(router.currentRoute.value.fullPath).toBe('/?image=3&evidence=17')
    await wrapper.find('[data-testid=evidence-back]').trigger('click')
    await eventually(() => expect(document.activeElement?.id).toBe('compare-17'))
    expect(router.currentRoute.value.fullPath).toBe('/?image=3')
  })

  it('are reached by a link', async () => {
    answered(anAnswer([aFind()], { verdict: 'same_image' }))
    const { wrapper } = await mountAt(SearchPage, { address: '/?example=paresse&evidence=17&look=overlay' })
    await eventually(() => expect(wrapper.find('[data-testid=overlay]').exists()).toBe(true))
  })

  it('say so when a link leads to one that is not confirmed', async () => {
    const { wrapper } = await mountAt(SearchPage, { address: '/?example=paresse&evidence=99' })
    await eventually(() => expect(wrapper.find('[data-testid=evidence-missing]').exists()).toBe(true))
    expect(wrapper.findAll('[data-testid=result]')).toHaveLength(1)
  })

  it('offer another search when the picture of a link is gone', async () => {
    const { wrapper, router } = await mountAt(SearchPage, { address: '/?upload=7&evidence=17' })
    await eventually(() => expect(wrapper.find('[data-testid=error]').text()).toContain('Choose it again'))
    expect(wrapper.findAll('input[type=file]').length).toBeGreaterThan(0)
    await wrapper.find('[data-testid=search-with-record]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=17'))
  })

  it('of several works are listed, each with its outline', async () => {
    const there = aFind({ image: anImage(18), match: aMatch({ quad: [[0.55, 0.1], [0.95, 0.1], [0.95, 0.9], [0.55, 0.9]] }) })
    answered(anAnswer([aFind(), there], { verdict: 'same_image' }))
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=3' })
    await eventually(() => expect(wrapper.find('[data-testid=places]').exists()).toBe(true))
    const places = wrapper.find('[data-testid=places]')
    expect(places.findAll('li')).toHaveLength(2)
    expect(places.findAll('.outlined-picture-line')).toHaveLength(2)
    await places.findAll('li')[1]?.trigger('mouseenter')
    expect(places.findAll('.outlined-picture-strong')).toHaveLength(1)
  })

  it('are not ruled out by a search that was cut short, which can be done again', async () => {
    answered(anAnswer([aResult()], { verdict: 'not_found', notices: [{ code: 'not_all_verified', message: 'Busy.' }] }))
    const { wrapper } = await mountAt(SearchPage, { address: '/?image=3' })
    await eventually(() => expect(wrapper.find('[data-testid=notice]').text()).toContain('not every candidate was checked'))
    expect(wrapper.find('h1').text()).toBe('Not confirmed this time')
    answered(anAnswer([aFind()], { verdict: 'same_image' }))
    await wrapper.find('[data-testid=search-again]').trigger('click')
    await eventually(() => expect(wrapper.find('h1').text()).toBe('This print is in the collection'))
  })
})

describe('the sheet', () => {
  const quad = [[0.2, 0.1], [0.8, 0.1], [0.8, 0.9], [0.2, 0.9]]
  const seen = anAnswer([aResult()], { query: { width: 800, height: 600, sheet: { quad, source: 'edges' } } })

  it('is outlined on the picture, corrected, searched with and forgotten', async () => {
    answered(seen)
    const { wrapper, router } = await mountAt(SearchPage, { address: '/?image=3' })
    await eventually(() => expect(wrapper.findAll('.outlined-picture-faint')).toHaveLength(1))
    await wrapper.find('[data-testid=edit-picture]').trigger('click')
    // A dialog lies beside the app.
    const within = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement
    await eventually(() => expect(within('[data-testid=mode-quad]')).not.toBeNull())
    within('[data-testid=mode-quad]').dispatchEvent(new Event('change'))
    await eventually(() => expect(within('[data-testid=handle-topLeft]').getAttribute('aria-valuetext')).toBe('20 % from the left, 10 % from the top'))
    within('[data-testid=handle-topLeft]').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', shiftKey: true }))
    await eventually(() => expect(within('[data-testid=handle-topLeft]').getAttribute('aria-valuetext')).toContain('25 %'))
    within('[data-testid=editor-apply]').click()
    await eventually(() => expect(router.currentRoute.value.query.quad).toBe('0.25,0.1,0.8,0.1,0.8,0.9,0.2,0.9'))
    expect(wrapper.find('[data-testid=query-caption]').text()).toBe('Sheet pulled straight')
    await wrapper.find('[data-testid=whole-picture]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=3'))
    await wrapper.find('[data-testid=undo-refinement]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.query.quad).toBe('0.25,0.1,0.8,0.1,0.8,0.9,0.2,0.9'))
  })

  it('is searched mirrored by a switch', async () => {
    answered(seen)
    const { wrapper, router } = await mountAt(SearchPage, { address: '/?image=3' })
    await eventually(() => expect(wrapper.find('[data-testid=mirror] input').exists()).toBe(true))
    await wrapper.find('[data-testid=mirror] input').setValue(true)
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=3&mirror=true'))
  })
})
