import { describe, expect, it, vi } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aPrint } from '@/testing/samples'

import PrintFacts from './PrintFacts.vue'

describe('PrintFacts', () => {
  it('shows all metadata', async () => {
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint() } })
    for (const part of [
      'La Paresse',
      'Vallotton, Félix 1865–1925, Künstler',
      '1916.0047.1',
      '1896',
      'Druckgraphik',
      'Holzschnitt',
      'Graphische Sammlung ETH Zürich (CH-000511-9)',
      'Prints',
      '14943',
      'Public domain (Public Domain Mark 1.0)',
      'dublette: 1916.0047.2',
    ]) {
      expect(wrapper.text()).toContain(part)
    }
    const links = wrapper.findAll('.print-facts-rows a, [data-testid=source]').map((link) => link.attributes('href'))
    expect(links).toEqual(['http://creativecommons.org/publicdomain/mark/1.0/', '/prints/13', 'https://example.org/14943'])
  })

  it('shows further columns of the record', async () => {
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint({ extra: { Standort: 'Schrank 4', leer: '', Höhe: 30, Blatt: 'https://example.org/b', Falle: 'javascript:alert(1)' } }) } })
    expect(wrapper.text()).toContain('StandortSchrank 4')
    expect(wrapper.text()).toContain('Höhe30')
    expect(wrapper.text()).not.toContain('leer')
    expect(wrapper.find('a[href="https://example.org/b"]').exists()).toBe(true)
    expect(wrapper.find('a[href^=javascript]').exists()).toBe(false)
  })

  it('makes no link of an address that is none of the web', async () => {
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint({ record_url: 'javascript:alert(1)' }) } })
    expect(wrapper.find('[data-testid=source]').exists()).toBe(false)
  })

  it('shows a licence of which no address is known in its own words', async () => {
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint({ licence: 'Alle Rechte vorbehalten', licence_url: '' }) } })
    expect(wrapper.text()).toContain('Alle Rechte vorbehalten')
    expect(wrapper.find('[data-testid=licence]').exists()).toBe(false)
  })

  it('says that little is known', async () => {
    const bare = { people: [], date: '', classification: '', techniques: [], licence: '', licence_url: '', record_url: '', inventory_number: '', title: '' }
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint({ ...bare, images: [] }) } })
    expect(wrapper.find('h1').text()).toBe('Untitled')
    expect(wrapper.find('[data-testid=bare]').exists()).toBe(true)
    expect(wrapper.find('[data-testid=citation]').text()).toContain('Untitled. Graphische Sammlung ETH Zürich. http')
    // A manifest has pictures.
    expect(wrapper.find('[data-testid=manifest]').exists()).toBe(false)
  })

  it('copies the inventory number', async () => {
    const writeText = vi.fn(() => Promise.resolve())
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint() } })
    await wrapper.find('button').trigger('click')
    expect(writeText).toHaveBeenCalledWith('1916.0047.1')
    await eventually(() => expect(wrapper.find('button').text()).toBe('Copied: Inventory number'))
  })
})
