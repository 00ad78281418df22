import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { noFilters, type Filters } from '@/api/filters'
import { i18n, useLanguage } from '@/plugins/i18n'
import { makeVuetify } from '@/plugins/vuetify'
import { facets } from '@/testing/samples'

import FilterPanelYears from './FilterPanelYears.vue'

function mountYears(part: Partial<Filters> = {}, atOnce = false) {
  vi.useFakeTimers()
  const wrapper = mount(FilterPanelYears, {
    props: { filters: { ...noFilters(), ...part }, years: facets().years, atOnce },
    global: { plugins: [i18n, makeVuetify()] },
  })
  const slider = (name: string) => wrapper.find<HTMLInputElement>(`[data-testid=${name}]`)
  const slide = async (name: string, value: string): Promise<void> => {
    slider(name).element.value = value
    await slider(name).trigger('input')
    await slider(name).trigger('change')
  }
  return { wrapper, slider, slide, settle: () => vi.runAllTimers(), changes: () => wrapper.emitted('change')?.flat() ?? [] }
}

beforeEach(() => useLanguage('en'))

describe('FilterPanelYears', () => {
  it('has two sliders that say their years, from end to end', () => {
    const { slider } = mountYears({ yearFrom: 1600 })
    expect(slider('years-from').attributes()).toMatchObject({ min: '1500', max: '1900', 'aria-valuetext': '1600', 'aria-label': 'From the year' })
    expect(slider('years-to').attributes('aria-valuetext')).toBe('1899')
  })

  it('asks once for what was slid in a row, and the fields are in step at once', async () => {
    const { wrapper, slide, settle, changes } = mountYears()
    await slide('years-from', '1550')
    await slide('years-from', '1560')
    expect(wrapper.find<HTMLInputElement>('[data-testid=filter-year-from] input, input[data-testid=filter-year-from]').element.value).toBe('1560')
    expect(changes()).toEqual([])
    settle()
    expect(changes()).toEqual([{ yearFrom: 1560, yearTo: null }])
  })

  it('keeps what is being slid when another filter is chosen meanwhile', async () => {
    const { wrapper, slide, settle, changes } = mountYears()
    await slide('years-from', '1550')
    await wrapper.setProps({ filters: { ...noFilters(), technique: ['4'] } })
    settle()
    expect(changes()).toEqual([{ yearFrom: 1550, yearTo: null }])
  })

  it('counts at once in a sheet that may be closed the next moment', async () => {
    const { slide, changes } = mountYears({}, true)
    await slide('years-from', '1550')
    expect(changes()).toEqual([{ yearFrom: 1550, yearTo: null }])
  })

  it('lets no handle pass the other, and an end at the edge is open', async () => {
    const { slider, slide, settle, changes } = mountYears({ yearFrom: 1600, yearTo: 1700 })
    await slide('years-to', '1550')
    expect(slider('years-to').element.value).toBe('1601')
    settle()
    await slide('years-from', '1500')
    settle()
    expect(changes()).toEqual([{ yearFrom: 1600, yearTo: 1600 }, { yearFrom: null, yearTo: 1600 }])
  })

  it('marks the bars of the years that are asked for', () => {
    const { wrapper } = mountYears({ yearFrom: 1650, yearTo: 1720 })
    const bars = wrapper.findAll('[data-testid=year-bars] > span')
    expect(bars.map((bar) => bar.classes('chosen'))).toEqual([false, true, true, false])
  })

  it('says the same as a table', () => {
    const rows = mountYears().wrapper.findAll('tbody tr').map((row) => row.text())
    expect(rows).toEqual(['1500–159940', '1600–16990', '1700–17998', '1800–1899600'])
  })

  it('draws no chart of a single bar', () => {
    const wrapper = mount(FilterPanelYears, {
      props: { filters: noFilters(), years: { first: 1900, last: 1900, undated: 0, bins: [{ from: 1900, to: 1900, count: 3 }] } },
      global: { plugins: [i18n, makeVuetify()] },
    })
    expect(wrapper.find('[data-testid=year-bars]').exists()).toBe(false)
  })
})
