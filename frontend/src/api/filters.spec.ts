import { describe, expect, it } from 'vitest'

import { filterQuery, noFilters } from './filters'

describe('filterQuery', () => {
  it('leaves out what is not set', () => {
    expect(filterQuery(noFilters())).toEqual({})
  })

  it('uses the names and the types of the API', () => {
    const filters = {
      ...noFilters(),
      collection: ['eth', 'zb'],
      technique: ['4', '5'],
      relation: ['dublette'],
      yearFrom: -20,
      yearTo: 0,
      includeUndated: true,
      q: '  Doré ',
    }
    expect(filterQuery(filters)).toEqual({
      collection: ['eth', 'zb'],
      technique: [4, 5],
      relation: ['dublette'],
      year_from: -20,
      year_to: 0,
      include_undated: true,
      q: 'Doré',
    })
  })

  it('drops an id that is no number', () => {
    expect(filterQuery({ ...noFilters(), person: ['x', '7'], institution: ['1.5'] })).toEqual({ person: [7] })
  })
})
