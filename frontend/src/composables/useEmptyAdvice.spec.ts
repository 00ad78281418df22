import { http, HttpResponse } from 'msw'
import { ref } from 'vue'
import { describe, expect, it } from 'vitest'

import { noFilters, type Filters } from '@/api/filters'
import { eventually } from '@/testing/eventually'
import { withSetup } from '@/testing/mountAt'
import { aPage } from '@/testing/samples'
import { server } from '@/testing/server'

import { useEmptyAdvice, waysOut } from './useEmptyAdvice'

function ways(part: Partial<Filters>): string[] {
  return waysOut({ ...noFilters(), ...part }).map(({ kind, filters }) => `${kind} ${filters.q}`.trim())
}

describe('waysOut', () => {
  it('leaves out each word, the years, all filters, all words', () => {
    expect(ways({ q: 'ritter tod', yearFrom: 1900, technique: ['4'] })).toEqual([
      'withoutWord tod',
      'withoutWord ritter',
      'withoutYears ritter tod',
      'withoutFilters ritter tod',
      'withoutWords',
    ])
  })

  it('asks the same once', () => {
    expect(ways({ q: 'ritter', yearFrom: 1900 })).toEqual(['withoutYears ritter', 'withoutWords'])
    expect(ways({ q: 'tod tod' })).toEqual(['withoutWord'])
  })

  it('takes words in quotes for one', () => {
    expect(ways({ q: '"la guerre" durer' })).toEqual(['withoutWord durer', 'withoutWord "la guerre"'])
  })

  it('has none for a lone word, or for more words than can be tried', () => {
    expect(ways({ q: 'ritter' })).toEqual([])
    expect(ways({ q: 'a b c d e' })).toEqual([])
  })
})

describe('useEmptyAdvice', () => {
  it('offers only what leaves something, with the count', async () => {
    server.use(
      http.get('/api/v1/prints/', ({ request }) => {
        const found = new URL(request.url).searchParams.get('q') === 'ritter'
        return HttpResponse.json(aPage([], found ? 7 : 0))
      }),
    )
    const { result } = await withSetup(() => useEmptyAdvice(ref({ ...noFilters(), q: 'ritter tod' })))
    await eventually(() => expect(result.data.value).toMatchObject([{ kind: 'withoutWord', word: 'tod', count: 7 }]))
  })
})
