import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { i18n } from '@/plugins/i18n'
import { makeVuetify } from '@/plugins/vuetify'

import FilterPanelFacet from './FilterPanelFacet.vue'

const options = Array.from({ length: 20 }, (_, i) => ({ value: String(i), label: `Technique ${i}`, count: 20 - i }))

function mountFacet(chosen: string[] = []) {
  const props = { name: 'technique' as const, options, chosen }
  return mount(FilterPanelFacet, { props, global: { plugins: [i18n, makeVuetify()] } })
}

describe('FilterPanelFacet', () => {
  it('shows the first few of a long list and those that are chosen', () => {
    expect(mountFacet().findAll('input[type=checkbox]')).toHaveLength(6)
    const wrapper = mountFacet(['15'])
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(7)
    expect(wrapper.text()).toContain('Technique 15')
  })

  it('shows all when asked, and narrows them by words', async () => {
    const wrapper = mountFacet()
    await wrapper.find('button').trigger('click')
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(20)
    await wrapper.find('input[type=search]').setValue('NIQUE 1')
    expect(wrapper.findAll('input[type=checkbox]')).toHaveLength(11)
  })

  it('is a group of checkboxes under one name', () => {
    const wrapper = mountFacet(['0'])
    expect(wrapper.find('fieldset > legend').text()).toBe('Technique')
    expect(wrapper.find<HTMLInputElement>('input[type=checkbox]').element.checked).toBe(true)
  })
})
