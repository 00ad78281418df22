import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { eventually } from '@/testing/eventually'
import { withSetup } from '@/testing/mountAt'
import { aListItem, aPage } from '@/testing/samples'
import { server } from '@/testing/server'

import { mixed, pagesToRead, useWall } from './useWall'

describe('pagesToRead', () => {
  it.each([
    [1, [1]],
    [3, [1, 2, 3]],
    [4, [1, 2, 3, 4]],
    [80, [1, 21, 41, 61]],
    [0, []],
  ])('of %i pages are %j', (pages, read) => {
    expect(pagesToRead(pages)).toEqual(read)
  })
})

describe('mixed', () => {
  it('takes one of each in turn', () => {
    expect(mixed([['a1', 'a2', 'a3'], ['b1'], ['c1', 'c2']])).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3'])
    expect(mixed([])).toEqual([])
  })
})

describe('useWall', () => {
  it('shows prints from all over the collection', async () => {
    server.use(
      http.get('/api/v1/prints/', ({ request }) => {
        const page = Number(new URL(request.url).searchParams.get('page'))
        return HttpResponse.json({ ...aPage([aListItem({ id: page }), aListItem({ id: page + 1000 })]), pages: 80 })
      }),
    )
    const { result } = await withSetup(useWall)
    await eventually(() => expect(result.status.value).toBe('done'))
    expect(result.data.value?.map((print) => print.id)).toEqual([1, 21, 41, 61, 1001, 1021, 1041, 1061])
  })
})
