import { http, HttpResponse } from 'msw'
import { describe, expect, it, vi } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { facets } from '@/testing/samples'
import { server } from '@/testing/server'

import FilterPanel from './FilterPanel.vue'

// A dialog lies beside the app.
const within = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement
const options = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-testid=filter-technique]')]

async function anOpenSheet(address: string) {
  const mounted = await mountAt(FilterPanel, { address })
  await mounted.wrapper.find('[data-testid=open-filters]').trigger('click')
  await eventually(() => expect(options().length).toBeGreaterThan(1))
  return mounted
}

describe('the filters on a phone', () => {
  it('are counted at each choice, and take effect together when the sheet is closed', async () => {
    const asked: string[] = []
    server.use(
      http.get('/api/v1/facets/', ({ request }) => {
        const techniques = new URL(request.url).searchParams.getAll('technique')
        asked.push(techniques.join())
        return HttpResponse.json(facets({ total: 648 - 100 * techniques.length }))
      }),
    )
    const { router } = await anOpenSheet('/?image=17')
    const pushed = vi.spyOn(router, 'push')
    options()[0]?.click()
    await eventually(() => expect(within('[data-testid=close-filters]').textContent).toContain('Show 548 prints'))
    options()[1]?.click()
    await eventually(() => expect(within('[data-testid=close-filters]').textContent).toContain('Show 448 prints'))
    expect(router.currentRoute.value.fullPath).toBe('/?image=17')
    within('[data-testid=close-filters]').click()
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/?image=17&technique=4&technique=5'))
    expect(pushed).toHaveBeenCalledOnce()
    expect(asked).toEqual(['', '4', '4,5'])
  })

  it('are cleared in the sheet, which changes nothing when it is closed as it was opened', async () => {
    const { router } = await anOpenSheet('/?image=17&technique=4')
    const pushed = vi.spyOn(router, 'push')
    within('[data-testid=clear-draft]').click()
    await eventually(() => expect(within('[data-testid=clear-draft]')).toBeNull())
    options()[0]?.click()
    await eventually(() => expect(within('[data-testid=clear-draft]')).not.toBeNull())
    within('[data-testid=close-filters]').click()
    await eventually(() => expect(within('.v-overlay--active')).toBeNull())
    expect([router.currentRoute.value.fullPath, pushed.mock.calls]).toEqual(['/?image=17&technique=4', []])
  })
})
