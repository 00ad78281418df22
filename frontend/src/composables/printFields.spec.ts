import { describe, expect, it } from 'vitest'

import { aPrint } from '@/testing/samples'

import { bodyOf, changesOf, extraProblems, fieldsOf, noFields } from './printFields'

const print = aPrint({ extra: { Standort: 'Kasten 4', latitude: 47.5 } })
const written = (part: Partial<ReturnType<typeof noFields>>) => ({ ...fieldsOf(print), ...part })

describe('the fields of a record', () => {
  it('are sent only where they are another', () => {
    expect(changesOf(print, fieldsOf(print))).toEqual({})
    expect(changesOf(print, written({ title: 'Die Faulheit' }))).toEqual({ title: 'Die Faulheit' })
  })

  it('send the institution and its ISIL together', () => {
    const changed = changesOf(print, written({ institution_isil: 'CH-1' }))
    expect(changed).toEqual({ institution: 'Graphische Sammlung ETH Zürich', institution_isil: 'CH-1' })
  })

  it.each([
    ['another span', written({ years: { first: 1890, last: 1899 } }), { year_min: 1890, year_max: 1899 }],
    ['a single year', written({ years: { first: null, last: 1890 } }), { year_min: 1890, year_max: 1890 }],
    ['the years it has', written({ years: { first: 1896, last: 1896 } }), {}],
    ['the years it has, under another date', written({ date: 'o. J.', years: { first: 1896, last: 1896 } }), { date: 'o. J.', year_min: 1896, year_max: 1896 }],
    ['those of the date again', written({ years: 'of the date' }), { date: '1896' }],
  ])('say years by hand: %s', (_, after, sent) => {
    expect(changesOf(print, after)).toEqual(sent)
  })

  it('send further fields as a whole, numbers as numbers', () => {
    const renamed = { name: ' Regal ', value: 'Kasten 4', kept: 'Kasten 4' }
    const moved = { name: 'latitude', value: '48', kept: 47.5 }
    expect(changesOf(print, written({ extra: [renamed, moved, { name: 'Zustand', value: 'gut' }] }))).toEqual({
      extra: { Regal: 'Kasten 4', latitude: 48, Zustand: 'gut' },
    })
  })

  it('leave out lines in which nothing is written', () => {
    const body = bodyOf({
      ...noFields(),
      people: [{ name: '', birth_year: null, death_year: null, roles: [] }],
      relations: [{ kind: '', text: '' }],
      extra: [{ name: 'Zustand', value: '' }],
      techniques: 'Radierung, , Kupferstich ',
    })
    expect(body).toMatchObject({ people: [], relations: [], extra: {}, techniques: ['Radierung', 'Kupferstich'] })
  })

  it('tell further fields that have no name, or the name of another', () => {
    const extra = [{ name: 'a', value: '1' }, { name: ' a', value: '2' }, { name: '', value: '3' }, { name: '', value: '' }]
    expect([...extraProblems(extra)]).toEqual([[1, 'twice'], [2, 'nameless']])
  })
})
