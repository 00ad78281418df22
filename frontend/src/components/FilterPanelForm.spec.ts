import { http } from 'msw'
import type { VueWrapper } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'

import { useFilters } from '@/composables/useFilters'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { refusal, server } from '@/testing/server'

import FilterPanelForm from './FilterPanelForm.vue'

/** The form with the filters of the address, as beside a list. */
const FormOfTheAddress = defineComponent(() => {
  const { filters, setFilters } = useFilters()
  return () => h(FilterPanelForm, { filters: filters.value, onChange: (next) => void setFilters(next) })
})

async function mountForm(address = '/') {
  const mounted = await mountAt(FormOfTheAddress, { address })
  await eventually(() => expect(mounted.wrapper.find('fieldset').exists()).toBe(true))
  return mounted
}

function labels(wrapper: VueWrapper, name: string): string[] {
  return wrapper.findAll('label').filter((label) => label.find(`[data-testid=filter-${name}]`).exists()).map((label) => label.text())
}

describe('FilterPanelForm', () => {
  it('offers each value with its count, and none that would leave nothing', async () => {
    const { wrapper } = await mountForm()
    expect(labels(wrapper, 'technique')).toEqual(['Holzschnitt500', 'Radierung148'])
    expect(labels(wrapper, 'relation')).toEqual([])
  })

  it('keeps a chosen value in sight that leaves nothing now', async () => {
    const { wrapper } = await mountForm('/?technique=6')
    expect(labels(wrapper, 'technique')).toContain('Lithographie0')
  })

  it('puts a choice into the address and takes it back', async () => {
    const { wrapper, router } = await mountForm('/?image=17')
    const box = wrapper.find('[data-testid=filter-technique]')
    await box.trigger('change')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=17&technique=4'))
    await box.trigger('change')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=17'))
  })

  it('takes years, and asks about undated prints only then', async () => {
    const { wrapper, router } = await mountForm()
    expect(wrapper.find('[data-testid=filter-undated]').exists()).toBe(false)
    const from = wrapper.find<HTMLInputElement>('[data-testid=filter-year-from] input, input[data-testid=filter-year-from]')
    from.element.value = '1500'
    await from.trigger('change')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?year_from=1500'))
    await wrapper.find('[data-testid=filter-undated]').trigger('change')
    await eventually(() => expect(router.currentRoute.value.query.include_undated).toBe('true'))
  })

  it('takes words', async () => {
    const { wrapper, router } = await mountForm()
    const words = wrapper.find<HTMLInputElement>('input[type=search]')
    words.element.value = 'Doré'
    await words.trigger('change')
    await eventually(() => expect(router.currentRoute.value.query.q).toBe('Doré'))
  })

  it('shows an error and loads again when asked', async () => {
    server.use(http.get('/api/v1/facets/', () => refusal(500, 'broken', 'The facets are broken.'), { once: true }))
    const { wrapper } = await mountAt(FormOfTheAddress)
    await eventually(() => expect(wrapper.text()).toContain('The facets are broken.'))
    await wrapper.find('[data-testid=error] button').trigger('click')
    await eventually(() => expect(labels(wrapper, 'technique')).toHaveLength(2))
  })
})
