import { describe, expect, it } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'

import RefinementBar from './RefinementBar.vue'

describe('what a search is narrowed to', () => {
  it('is not there while nothing is', async () => {
    const { wrapper } = await mountAt(RefinementBar, { address: '/?image=17' })
    expect(wrapper.find('[data-testid=refinements]').exists()).toBe(false)
  })

  it('is each part by its name, and removed alone', async () => {
    const address = '/?image=17&crop=0,0,0.5,1&rotate=180&technique=4&technique=6&year_from=1500&year_to=1600&include_undated=true&q=Ast'
    const { wrapper, router } = await mountAt(RefinementBar, { address })
    const chips = () => wrapper.findAll('[data-testid=chip]')
    await eventually(() =>
      expect(chips().map((chip) => chip.text())).toEqual([
        'Part of the picture', 'Turned upside down', 'Holzschnitt', 'Lithographie', '1500–1600 or undated', '“Ast”',
      ]),
    )
    expect(chips()[2]?.attributes('aria-label')).toBe('Remove: Technique, Holzschnitt')
    await chips()[2]?.trigger('click')
    await eventually(() => expect(router.currentRoute.value.query.technique).toEqual(['6']))
    await eventually(() => expect(document.activeElement?.textContent).toContain('Lithographie'))
    await wrapper.find('[data-testid=whole-picture]').trigger('click')
    await eventually(() => expect(chips()).toHaveLength(3))
    await wrapper.find('[data-testid=clear-filters]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=17'))
    expect(wrapper.find('[data-testid=undo-refinement]').text()).toContain('Undo')
  })

  it('names an option that the server does not know by its number', async () => {
    const { wrapper } = await mountAt(RefinementBar, { address: '/?image=17&technique=99' })
    await eventually(() => expect(wrapper.find('[data-testid=chip]').text()).toBe('99'))
  })
})
