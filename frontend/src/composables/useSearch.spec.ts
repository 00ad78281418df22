import { flushPromises } from '@vue/test-utils'
import { http, HttpResponse } from 'msw'
import { computed, ref, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'

import { noFilters } from '@/api/filters'
import { noFraming } from '@/api/framing'
import { INSET } from '@/geometry/corners'
import { usePicturesStore } from '@/stores/pictures'
import { useServerStore } from '@/stores/server'
import { eventually } from '@/testing/eventually'
import { withSetup } from '@/testing/mountAt'
import { anAnswer, info } from '@/testing/samples'
import { server } from '@/testing/server'

import { useSearch } from './useSearch'
import type { Subject } from './useSubject'

function countingSearches(): () => string[][] {
  const bodies: string[][] = []
  server.use(
    http.post('/api/v1/searches/', async ({ request }) => {
      // As text: Node's own reader of forms does not know jsdom's files.
      const names = (await request.text()).matchAll(/form-data; name="(\w+)"/g)
      bodies.push([...names].map((match) => match[1] ?? ''))
      return HttpResponse.json(anAnswer())
    }),
  )
  return () => bodies
}

function chosen(file: Blob, name: string): Subject {
  return { kind: 'upload', id: usePicturesStore().add(file, name).id }
}

async function search(subject: Subject, prepare: () => Subject | null = () => null) {
  const filters = ref(noFilters())
  const framing = shallowRef(noFraming())
  const { result } = await withSetup(() => {
    const chosen = prepare()
    return useSearch({ subject: computed(() => chosen ?? subject), framing, filters })
  })
  return { ...result, filters, framing }
}

describe('useSearch', () => {
  it('does not send what is over the limit that the server names', async () => {
    const searches = countingSearches()
    const { status, error } = await search({ kind: 'upload', id: 1 }, () => {
      useServerStore().info = info({ limits: { ...info().limits, max_bytes: 3 } })
      return chosen(new Blob(['1234']), 'a.tif')
    })
    await eventually(() => expect(status.value).toBe('failed'))
    expect(error.value).toMatchObject({ code: 'picture_too_large', status: 413 })
    expect(searches()).toEqual([])
  })

  it('sends a picture of the visitor that this browser cannot decode as it is', async () => {
    const searches = countingSearches()
    const { status, phase } = await search({ kind: 'upload', id: 1 }, () => chosen(new Blob(['x']), 'a.heic'))
    await eventually(() => expect(status.value).toBe('done'))
    expect(phase.value).toBe('looking')
    expect(searches()).toEqual([['image', 'limit']])
  })

  it('searches anew when filters change, and not for what it has seen', async () => {
    const searches = countingSearches()
    const { status, filters } = await search({ kind: 'image', id: 17 })
    await eventually(() => expect(status.value).toBe('done'))
    filters.value = { ...noFilters(), technique: ['4'] }
    await eventually(() => expect(searches()).toHaveLength(2))
    await eventually(() => expect(status.value).toBe('done'))
    filters.value = noFilters()
    await flushPromises()
    await eventually(() => expect(status.value).toBe('done'))
    expect(searches()).toHaveLength(2)
  })

  it('waits while filters are chosen, and sends the picture once for all of them', async () => {
    const searches = countingSearches()
    const { status, filters } = await search({ kind: 'image', id: 17 })
    await eventually(() => expect(status.value).toBe('done'))
    for (const technique of [['4'], ['4', '5'], ['4', '5', '6']]) {
      filters.value = { ...noFilters(), technique }
      await flushPromises()
    }
    await eventually(() => expect(status.value).toBe('done'))
    expect(searches()).toEqual([
      ['image_id', 'limit'],
      ['image_id', 'limit', 'technique', 'technique', 'technique'],
    ])
  })

  it('searches anew with an outline, and mirrored', async () => {
    const searches = countingSearches()
    const { status, framing } = await search({ kind: 'image', id: 17 })
    await eventually(() => expect(status.value).toBe('done'))
    framing.value = { ...noFraming(), quad: INSET, mirror: true }
    await eventually(() => expect(searches()).toHaveLength(2))
    expect(searches()[1]).toEqual(['image_id', 'limit', 'quad', 'mirror'])
  })

  it('says that a picture is gone after the page was loaded anew', async () => {
    const { status, error } = await search({ kind: 'upload', id: 7 })
    await eventually(() => expect(status.value).toBe('failed'))
    expect(error.value?.code).toBe('picture_gone')
  })
})
