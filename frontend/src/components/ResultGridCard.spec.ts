import { describe, expect, it } from 'vitest'

import { mountAt } from '@/testing/mountAt'
import { aPrint, aResult } from '@/testing/samples'

import ResultGridCard from './ResultGridCard.vue'

describe('ResultGridCard', () => {
  it('shows what identifies the print', async () => {
    const { wrapper } = await mountAt(ResultGridCard, { props: { result: aResult() } })
    const text = wrapper.text()
    for (const part of ['La Paresse', 'Vallotton, Félix', '1896', 'Holzschnitt', 'Graphische Sammlung', '1916.0047.1', 'Public Domain Mark 1.0', 'Rank 1', '0.93 of 1']) {
      expect(text).toContain(part)
    }
    expect(wrapper.find('img').attributes('alt')).toBe('La Paresse, Vallotton, Félix, 1896')
  })

  it('leads to the print, and to a search with its picture', async () => {
    const { wrapper } = await mountAt(ResultGridCard, { props: { result: aResult() } })
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual(['/prints/12', '/?image=17'])
    expect(wrapper.find('[data-testid=search-with]').attributes('aria-label')).toBe('Search with the picture of “La Paresse”')
  })

  it('leaves out what is not known', async () => {
    const bare = aPrint({ title: '', people: [], date: '', techniques: [], institution: '', inventory_number: '', licence: '' })
    const { wrapper } = await mountAt(ResultGridCard, { props: { result: aResult({ print: bare, similarity: null }) } })
    expect(wrapper.find('h3').text()).toBe('Untitled')
    expect(wrapper.findAll('p').map((line) => line.text())).toEqual(['Rank 1'])
  })

  it.each([
    ['same_image', 'Same image'],
    ['shared_detail', 'Shares a detail'],
  ] as const)('names the verdict %s', async (verdict, text) => {
    const { wrapper } = await mountAt(ResultGridCard, { props: { result: aResult({ verdict }) } })
    expect(wrapper.text()).toContain(text)
  })

  it('says nothing of a verdict it does not know', async () => {
    const { wrapper } = await mountAt(ResultGridCard, { props: { result: aResult({ verdict: 'new_kind' as never }) } })
    expect(wrapper.text()).not.toContain('new_kind')
  })
})
