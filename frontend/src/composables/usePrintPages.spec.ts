import { http, HttpResponse } from 'msw'
import { effectScope, ref } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'

import { noFilters } from '@/api/filters'
import type { PrintOrder } from '@/api/types'
import { eventually } from '@/testing/eventually'
import { withSetup } from '@/testing/mountAt'
import { aListItem, aPage } from '@/testing/samples'
import { server } from '@/testing/server'

import { usePrintPages } from './usePrintPages'

const PAGES = 3
let asked: string[] = []

beforeEach(() => {
  asked = []
  server.use(
    http.get('/api/v1/prints/', ({ request }) => {
      const query = new URL(request.url).searchParams
      asked.push([query.get('page'), query.get('order'), query.get('q')].filter(Boolean).join(' '))
      const id = Number(query.get('page')) + (query.has('q') ? 100 : 0)
      return HttpResponse.json({ ...aPage([aListItem({ id })], query.has('q') ? 1 : PAGES), pages: query.has('q') ? 1 : PAGES })
    }),
  )
})

async function pagesAt(address: string) {
  const filters = ref(noFilters())
  const order = ref<PrintOrder | ''>('')
  const mounted = await withSetup(() => usePrintPages(filters, order), address)
  const ids = (): number[] => mounted.result.prints.value.map((print) => print.id)
  return { ...mounted, filters, order, ids }
}

describe('usePrintPages', () => {
  it('adds page to page, in the address too, and starts again with other filters', async () => {
    const { result, router, filters, ids } = await pagesAt('/prints')
    await eventually(() => expect(ids()).toEqual([1]))
    expect(result.hasMore.value).toBe(true)
    await result.showMore()
    await eventually(() => expect(ids()).toEqual([1, 2]))
    expect(router.currentRoute.value.query.page).toBe('2')
    await router.replace('/prints')
    filters.value = { ...noFilters(), q: 'x' }
    await eventually(() => expect(ids()).toEqual([101]))
    expect(result.hasMore.value).toBe(false)
  })

  it('reads as many pages as the address says, and never more than there are', async () => {
    const { ids } = await pagesAt('/prints?page=7')
    await eventually(() => expect(ids()).toEqual([1, 2, 3]))
    // (The first says how many there are; the others come side by side.)
    expect([asked[0], ...[...asked].sort()]).toEqual(['1', '1', '2', '3'])
  })

  it('asks in the order that was chosen', async () => {
    const { order, ids } = await pagesAt('/prints?page=nonsense')
    await eventually(() => expect(ids()).toEqual([1]))
    order.value = '-year'
    await eventually(() => expect(asked).toEqual(['1', '1 -year']))
  })

  it('does not turn back whoever is on the way to a record', async () => {
    const { result, router, ids } = await pagesAt('/prints')
    await eventually(() => expect(ids()).toEqual([1]))
    const leaving = router.push('/about')
    await result.showMore()
    await leaving
    expect(router.currentRoute.value.path).toBe('/about')
  })

  it('has the wall at hand for whoever comes back', async () => {
    const { wrapper, filters, order, ids } = await pagesAt('/prints?page=2')
    await eventually(() => expect(ids()).toEqual([1, 2]))
    asked = []
    const again = wrapper.vm.$.appContext.app.runWithContext(() => effectScope().run(() => usePrintPages(filters, order)))
    expect(again?.prints.value.map((print) => print.id)).toEqual([1, 2])
    expect(again?.status.value).toBe('done')
    expect(asked).toEqual([])
  })
})
