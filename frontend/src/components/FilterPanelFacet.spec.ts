import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { i18n } from '@/plugins/i18n'
import { makeVuetify } from '@/plugins/vuetify'

import FilterPanelFacet from './FilterPanelFacet.vue'

const options = Array.from({ length: 20 }, (_, i) => ({ value: String(i), label: `Technique ${i}`, count: 20 - i }))

function mountFacet(chosen: string[] = [], offered = options) {
  const props = { name: 'technique' as const, options: offered, chosen }
  return mount(FilterPanelFacet, { props, global: { plugins: [i18n, makeVuetify()] } })
}

describe('FilterPanelFacet', () => {
  it('shows the first few of a long list and those that are chosen', () => {
    expect(mountFacet().findAll('input[type=checkbox]')).toHaveLength(6)
    const wrapper = mountFacet(['15'])
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(7)
    expect(wrapper.text()).toContain('Technique 15')
  })

  it('shows all when asked', async () => {
    const wrapper = mountFacet()
    await wrapper.find('button').trigger('click')
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(20)
  })

  it('finds an option by words, with and without accents, and says when there is none', async () => {
    const wrapper = mountFacet([], [...options, { value: 'd', label: 'Dürer, Albrecht', count: 1 }])
    const words = wrapper.find('input[type=search]')
    await words.setValue('NIQUE 1')
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(11)
    await words.setValue('durer')
    expect(wrapper.findAll('label').filter((label) => label.text().includes('Dürer'))).toHaveLength(1)
    await words.setValue('zzz')
    expect(wrapper.find('[role=status]').text()).toBe('No option contains this.')
  })

  it('has no search for a short list', () => {
    expect(mountFacet([], options.slice(0, 4)).find('input[type=search]').exists()).toBe(false)
  })

  it('keeps an option where it is that was chosen and taken back', async () => {
    const wrapper = mountFacet(['15'])
    await wrapper.findAll('input[type=checkbox]').at(-1)?.trigger('change')
    expect(wrapper.emitted('update:chosen')).toEqual([[[]]])
    await wrapper.setProps({ chosen: [] })
    expect(wrapper.text()).toContain('Technique 15')
  })

  it('is a group of checkboxes under one name', () => {
    const wrapper = mountFacet(['0'])
    expect(wrapper.find('fieldset > legend').text()).toBe('Technique')
    expect(wrapper.find<HTMLInputElement>('input[type=checkbox]').element.checked).toBe(true)
  })
})
