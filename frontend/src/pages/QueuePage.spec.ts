import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { useHandoverStore } from '@/stores/handover'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aFind, anAnswer, anImage, aPrint, aResult, info } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import QueuePage from './QueuePage.vue'

const other = aResult({ image: anImage(18), print: aPrint({ title: 'La Force', inventory_number: '1916.0048' }) })

describe('the page of several pictures', () => {
  it('asks for pictures where there are none', async () => {
    const { wrapper } = await mountAt(QueuePage, { address: '/queue' })
    expect(wrapper.find('h1').text()).toBe('Several pictures at once')
    expect(wrapper.find('[data-testid=queue-progress]').exists()).toBe(false)
    await eventually(() => expect(wrapper.find('[data-testid=queue-keeps]').text()).toContain('keeps nothing here'))
  })

  it('lists what was found with each picture, and lets a person choose', async () => {
    server.use(http.post('/api/v1/searches/', () => HttpResponse.json(anAnswer([aFind(), other], { verdict: 'same_image' }))))
    const { wrapper } = await mountAt(QueuePage, { address: '/queue' })
    const input = wrapper.find('[data-testid=choose]')
    const files = ['a.jpg', 'b.jpg'].map((name) => new File(['x'], name, { type: 'image/jpeg' }))
    Object.defineProperty(input.element, 'files', { value: files })
    await input.trigger('change')
    await eventually(() => expect(wrapper.find('[data-testid=queue-progress]').text()).toBe('2 of 2 pictures done'))
    const [first] = wrapper.findAll('[data-testid=queue-item]')
    expect(first?.find('[data-testid=queue-found]').text()).toContain('1916.0047.1')
    await first?.find('[data-testid=queue-open]').trigger('click')
    await first?.findAll('[data-testid=queue-choice]')[1]?.setValue(true)
    expect(first?.find('[data-testid=queue-found]').text()).toContain('1916.0048')
    expect(first?.find('[data-testid=queue-chosen]').text()).toBe('Chosen by you')
    await first?.find('[data-testid=queue-unchoose]').trigger('click')
    expect(first?.find('[data-testid=queue-found]').text()).toContain('1916.0047.1')
  })

  it('searches with what another app or site shared only when a person says so', async () => {
    let sent = 0
    server.use(http.post('/api/v1/searches/', () => HttpResponse.json(anAnswer([], { verdict: 'not_found', total: ++sent }))))
    const { wrapper } = await mountAt(QueuePage, {
      address: '/queue',
      before: () => useHandoverStore().give([new File(['x'], 'a.jpg'), new File(['x'], 'b.jpg')], true),
    })
    await eventually(() => expect(wrapper.find('[data-testid=queue-held]').text()).toContain('shared 2 pictures with Recto'))
    // Those that are chosen here do not wait for it.
    const input = wrapper.find('[data-testid=choose]')
    Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'c.jpg'), new File(['x'], 'd.jpg')] })
    await input.trigger('change')
    await eventually(() => expect(wrapper.find('[data-testid=queue-progress]').text()).toBe('2 of 4 pictures done'))
    const states = () => wrapper.findAll('[data-testid=queue-item]').map((item) => item.attributes('data-state'))
    expect([states(), sent]).toEqual([['held', 'held', 'done', 'done'], 2])
    expect(wrapper.find('[data-testid=queue-go-on]').exists()).toBe(false)
    await wrapper.find('[data-testid=queue-search-held]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=queue-progress]').text()).toBe('4 of 4 pictures done'))
    expect([wrapper.find('[data-testid=queue-held]').exists(), sent]).toEqual([false, 4])
  })

  it('lets what was shared be discarded, unsent', async () => {
    const { wrapper } = await mountAt(QueuePage, {
      address: '/queue',
      before: () => useHandoverStore().give([new File(['x'], 'a.jpg'), new File(['x'], 'b.jpg')], true),
    })
    await eventually(() => expect(wrapper.findAll('[data-testid=queue-item]')).toHaveLength(2))
    await wrapper.find('[data-testid=queue-drop-held]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=queue-progress]').exists()).toBe(false))
  })

  it('shows why one failed, and tries it again', async () => {
    server.use(http.post('/api/v1/searches/', () => refusal(400, 'bad_image', 'The file is no picture.'), { once: true }))
    const { wrapper } = await mountAt(QueuePage, { address: '/queue' })
    const input = wrapper.find('[data-testid=choose]')
    Object.defineProperty(input.element, 'files', { value: ['a.jpg', 'b.jpg'].map((name) => new File(['x'], name)) })
    await input.trigger('change')
    await eventually(() => expect(wrapper.find('[data-testid=queue-message]').text()).toBe('The file is no picture.'))
    await eventually(() => expect(wrapper.find('[data-testid=queue-progress]').text()).toBe('2 of 2 pictures done'))
    await wrapper.findAll('[data-testid=queue-item]')[0]?.find('[data-testid=queue-again]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=queue-message]').exists()).toBe(false))
  })
  it('sends nothing that the server would refuse, and goes on with the next', async () => {
    let sent = ''
    server.use(
      http.post('/api/v1/searches/', async ({ request }) => {
        sent += await request.text()
        return HttpResponse.json(anAnswer())
      }),
    )
    server.use(http.get('/api/v1/info/', () => HttpResponse.json(info({ limits: { ...info().limits, max_bytes: 1_000_000 } }))))
    const { wrapper } = await mountAt(QueuePage, { address: '/queue' })
    const input = wrapper.find('[data-testid=choose]')
    Object.defineProperty(input.element, 'files', { value: [new File([new Uint8Array(2_000_000)], 'too-large.tif'), new File(['x'], 'b.jpg')] })
    await input.trigger('change')
    await eventually(() => expect(wrapper.find('[data-testid=queue-progress]').text()).toBe('2 of 2 pictures done'))
    expect(wrapper.find('[data-testid=queue-message]').text()).toContain('at most 1 MB can be sent')
    expect([sent.includes('filename="too-large.tif"'), sent.includes('filename="b.jpg"')]).toEqual([false, true])
  })
})
