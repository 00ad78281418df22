import { describe, expect, it } from 'vitest'

import { noFilters } from '@/api/filters'
import { withSetup } from '@/testing/mountAt'

import { addressOf, countFilters, filtersOf, useFilters } from './useFilters'

describe('filters in the address', () => {
  it('come back as they went', () => {
    const filters = { ...noFilters(), technique: ['4', '5'], person: ['3'], yearFrom: -5, yearTo: 1600, includeUndated: true, q: 'Doré' }
    expect(filtersOf(addressOf(filters) as never)).toEqual(filters)
  })

  it('are none when the address says nothing, or nonsense', () => {
    expect(filtersOf({})).toEqual(noFilters())
    expect(filtersOf({ year_from: 'soon', year_to: '99999', technique: [null, ''], q: null })).toEqual(noFilters())
  })

  it('are counted as the visitor sees them', () => {
    expect(countFilters(noFilters())).toBe(0)
    expect(countFilters({ ...noFilters(), technique: ['4', '5'], yearFrom: 1, yearTo: 2, includeUndated: true, q: 'x' })).toBe(4)
  })
})

describe('useFilters', () => {
  it('changes the filters and leaves the rest of the address', async () => {
    const { result, router } = await withSetup(useFilters, '/?image=17&technique=4&q=x')
    await result.setFilters({ ...result.filters.value, technique: ['5'], q: '' })
    expect(router.currentRoute.value.fullPath).toBe('/?image=17&technique=5')
    await result.clearFilters()
    expect(router.currentRoute.value.fullPath).toBe('/?image=17')
  })
})
