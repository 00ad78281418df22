import { http, HttpResponse } from 'msw'
import { ref } from 'vue'
import { describe, expect, it } from 'vitest'

import { noFilters } from '@/api/filters'
import { eventually } from '@/testing/eventually'
import { withSetup } from '@/testing/mountAt'
import { aListItem, aPage } from '@/testing/samples'
import { server } from '@/testing/server'

import { usePrintPages } from './usePrintPages'

describe('usePrintPages', () => {
  it('adds page to page, and starts again when the filters change', async () => {
    server.use(
      http.get('/api/v1/prints/', ({ request }) => {
        const query = new URL(request.url).searchParams
        const id = Number(query.get('page')) + (query.has('q') ? 100 : 0)
        return HttpResponse.json(aPage([aListItem({ id })], query.has('q') ? 1 : 2))
      }),
    )
    const filters = ref(noFilters())
    const { result } = await withSetup(() => usePrintPages(filters))
    const ids = (): number[] => result.prints.value.map((print) => print.id)
    await eventually(() => expect(ids()).toEqual([1]))
    expect(result.hasMore.value).toBe(true)
    result.showMore()
    await eventually(() => expect(ids()).toEqual([1, 2]))
    expect(result.hasMore.value).toBe(false)
    filters.value = { ...noFilters(), q: 'x' }
    await eventually(() => expect(ids()).toEqual([101]))
  })
})
