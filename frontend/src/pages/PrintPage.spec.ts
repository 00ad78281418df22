import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aFind, aMatch, anAnswer, anImage, aPrint } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import PrintPage from './PrintPage.vue'

const at12 = { address: '/prints/12', props: { id: 12 } }

describe('the page of a print', () => {
  it('shows the print, its picture and similar prints', async () => {
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.find('h1').text()).toBe('La Paresse'))
    expect(wrapper.find('[data-testid=picture]').attributes()).toMatchObject({ src: '/media/images/17/display/', alt: 'La Paresse, Vallotton, Félix, 1896' })
    await eventually(() => expect(wrapper.findAll('[data-testid=result]')).toHaveLength(1))
  })

  it('shows each of several pictures', async () => {
    server.use(http.get('/api/v1/prints/:id/', () => HttpResponse.json(aPrint({ images: [anImage(17), anImage(18)] }))))
    const { wrapper, router } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.findAll('.print-pictures-others button')).toHaveLength(2))
    await wrapper.findAll('.print-pictures-others button')[1]?.trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=picture]').attributes('src')).toBe('/media/images/18/display/'))
    expect(router.currentRoute.value.query).toEqual({ picture: '18' })
    expect(wrapper.find('a[href="/?image=18"]').exists()).toBe(true)
  })

  it('says that the picture cannot be shown, and tries again', async () => {
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.find('[data-testid=picture]').exists()).toBe(true))
    await wrapper.find('[data-testid=picture]').trigger('error')
    expect(wrapper.find('[data-testid=broken]').attributes('role')).toBe('alert')
    await wrapper.find('[data-testid=try-picture]').trigger('click')
    expect(wrapper.find('[data-testid=picture]').attributes('src')).toBe('/media/images/17/display/?again=1')
  })

  it('asks for the next picture as if none had failed', async () => {
    server.use(http.get('/api/v1/prints/:id/', () => HttpResponse.json(aPrint({ images: [anImage(17), anImage(18)] }))))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.find('[data-testid=picture]').exists()).toBe(true))
    await wrapper.find('[data-testid=picture]').trigger('error')
    await wrapper.find('[data-testid=try-picture]').trigger('click')
    await wrapper.findAll('[data-testid=other-picture]')[1]?.trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=picture]').attributes('src')).toBe('/media/images/18/display/'))
  })

  it('says that there is no picture', async () => {
    server.use(http.get('/api/v1/prints/:id/', () => HttpResponse.json(aPrint({ images: [] }))))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.find('[data-testid=no-picture]').exists()).toBe(true))
    expect(wrapper.find('[data-testid=closer]').exists()).toBe(false)
  })

  it('shows the plain picture where the scan cannot be looked into', async () => {
    server.use(http.get('/iiif/image/3/17/info.json', () => refusal(404, 'image_unreadable', 'It cannot be shown.')))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.find('[data-testid=closer]').exists()).toBe(true))
    await wrapper.find('[data-testid=closer]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=no-viewer]').exists()).toBe(true))
    expect(wrapper.find('[data-testid=picture]').exists()).toBe(true)
    expect(document.activeElement).toBe(wrapper.find('[data-testid=closer]').element)
  })

  it('says that there is no such print', async () => {
    server.use(http.get('/api/v1/prints/:id/', () => refusal(404, 'not_found', 'There is no print 12.')))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.find('[data-testid=error]').text()).toContain('There is no print 12.'))
  })

  it('says which prints show the same image, and shows their match as a search', async () => {
    const results = [aFind({ match: aMatch({ query_image_id: 5 }) }), aFind({ image: anImage(18), verdict: 'shared_detail', match: null })]
    server.use(http.get('/api/v1/prints/:id/similar/', () => HttpResponse.json(anAnswer(results))))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() =>
      expect(wrapper.find('[data-testid=similar-summary]').text()).toBe('One other print shows the same image. One shares a detail with it.'),
    )
    expect(wrapper.findAll('[data-testid=compare]').map((link) => link.attributes('href'))).toEqual(['/?image=5&evidence=17'])
  })

  it('says that no print is similar yet', async () => {
    server.use(http.get('/api/v1/prints/:id/similar/', () => HttpResponse.json(anAnswer([]))))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.text()).toContain('No similar prints yet'))
  })

  it('shows the print while similar ones cannot be found', async () => {
    server.use(http.get('/api/v1/prints/:id/similar/', () => refusal(503, 'no_index', 'There is no index yet.')))
    const { wrapper } = await mountAt(PrintPage, at12)
    await eventually(() => expect(wrapper.text()).toContain('There is no index yet.'))
    expect(wrapper.find('h1').text()).toBe('La Paresse')
  })
})
