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
      'Public Domain Mark 1.0',
      'dublette: 1916.0047.2',
    ]) {
      expect(wrapper.text()).toContain(part)
    }
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual(['/prints/13', 'https://example.org/14943'])
  })

  it('shows further columns of the record', async () => {
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint({ extra: { Standort: 'Schrank 4', leer: '' } }) } })
    expect(wrapper.text()).toContain('StandortSchrank 4')
    expect(wrapper.text()).not.toContain('leer')
  })

  it('makes no link of an address that is none of the web', async () => {
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint({ record_url: 'javascript:alert(1)', relations: [] }) } })
    expect(wrapper.findAll('a')).toHaveLength(0)
  })

  it('copies the inventory number', async () => {
    const writeText = vi.fn(() => Promise.resolve())
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
    const { wrapper } = await mountAt(PrintFacts, { props: { print: aPrint() } })
    await wrapper.find('button').trigger('click')
    expect(writeText).toHaveBeenCalledWith('1916.0047.1')
    await eventually(() => expect(wrapper.find('button').text()).toBe('Copied'))
  })
})
