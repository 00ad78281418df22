import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import App from '@/App.vue'
import { usePreferencesStore } from '@/stores/preferences'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aPage, info } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import AboutPage from './AboutPage.vue'
import PrintsPage from './PrintsPage.vue'

describe('the collection', () => {
  it('shows prints and how many there are', async () => {
    const { wrapper } = await mountAt(PrintsPage, { address: '/prints' })
    await eventually(() => expect(wrapper.find('[data-testid=summary]').text()).toBe('1 print'))
    expect(wrapper.find('.print-wall a').attributes('href')).toBe('/prints/12')
  })

  it('says that the filters leave nothing', async () => {
    server.use(http.get('/api/v1/prints/', () => HttpResponse.json(aPage([]))))
    const { wrapper } = await mountAt(PrintsPage, { address: '/prints?q=nothing' })
    await eventually(() => expect(wrapper.find('[data-testid=empty]').text()).toContain('Nothing was found for “nothing”.'))
  })

  it('shows an error', async () => {
    server.use(http.get('/api/v1/prints/', () => refusal(500, 'broken', 'The database is locked.')))
    const { wrapper } = await mountAt(PrintsPage, { address: '/prints' })
    await eventually(() => expect(wrapper.text()).toContain('The database is locked.'))
  })
})

describe('about', () => {
  it('names the descriptor, its weights and the counts', async () => {
    const { wrapper } = await mountAt(AboutPage, { address: '/about' })
    await eventually(() => expect(wrapper.find('dl').text()).toContain('recto-compact-gem-192@1a2b3c4d'))
    for (const part of ['the network that comes with Recto', '649']) expect(wrapper.find('dl').text()).toContain(part)
    expect(wrapper.get('[data-testid=searched]').text()).toMatch(/^648 prints with 650 pictures\. The newest of them can be found since .*2026/)
  })

  it('says for how long a search is kept that somebody wants kept, and when none is', async () => {
    server.use(http.get('/api/v1/info/', () => HttpResponse.json(info({ keep_days: 1 }))))
    const { wrapper } = await mountAt(AboutPage, { address: '/about' })
    await eventually(() => expect(wrapper.get('[data-testid=kept]').text()).toContain('for one day'))
    server.use(http.get('/api/v1/info/', () => HttpResponse.json(info({ keep_days: 0 }))))
    const { wrapper: other } = await mountAt(AboutPage, { address: '/about' })
    await eventually(() => expect(other.get('[data-testid=kept]').text()).toBe('Nothing of a search is kept on the server.'))
  })

  it('says what is not known', async () => {
    server.use(http.get('/api/v1/info/', () => HttpResponse.json(info({ descriptor: null, weights_source: null }))))
    const { wrapper } = await mountAt(AboutPage, { address: '/about' })
    await eventually(() => expect(wrapper.find('dl').text()).toContain('not known'))
  })
})

describe('the app', () => {
  it('names the descriptor in its footer', async () => {
    const { wrapper } = await mountAt(App, { address: '/about' })
    await eventually(() => expect(wrapper.find('[data-testid=descriptor]').text()).toContain('recto-compact-gem-192@1a2b3c4d'))
    expect(wrapper.find('footer').text()).toContain('the network that comes with Recto')
  })

  it('speaks another language when asked', async () => {
    const { wrapper } = await mountAt(App, { address: '/nowhere' })
    await eventually(() => expect(wrapper.find('h1').text()).toBe('There is no such page'))
    usePreferencesStore().locale = 'de'
    await eventually(() => expect(wrapper.find('h1').text()).toBe('Diese Seite gibt es nicht'))
    expect([document.documentElement.lang, document.title]).toEqual(['de', 'Seite nicht gefunden · Recto'])
  })

  it('says that the network is gone', async () => {
    const { wrapper } = await mountAt(App, { address: '/about' })
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    window.dispatchEvent(new Event('offline'))
    await eventually(() => expect(wrapper.find('[role=status]').text()).toContain('No network'))
  })
})
