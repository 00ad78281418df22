import { describe, expect, it } from 'vitest'

import { aFind, aPrint, aResult } from '@/testing/samples'

import { resultsCsv } from './resultsCsv'

describe('resultsCsv', () => {
  it('has a line for each result under stable names, with a byte order mark', () => {
    const lines = resultsCsv([aFind(), aResult({ rank: 2, score: 0.5 })]).split('\r\n')
    expect(lines).toEqual([
      '\uFEFFrank,verdict,score,record_id,inventory_number,title,people,date,institution,record_url',
      '1,same_image,0.934,14943,1916.0047.1,La Paresse,"Vallotton, Félix",1896,Graphische Sammlung ETH Zürich,https://example.org/14943',
      '2,,0.500,14943,1916.0047.1,La Paresse,"Vallotton, Félix",1896,Graphische Sammlung ETH Zürich,https://example.org/14943',
      '',
    ])
  })

  it.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+41 1', `'+41 1`],
    ["'=1", `''=1`],
    ['-1', '-1'],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['a "b", c', '"a ""b"", c"'],
    ['two\nlines', '"two\nlines"'],
    ['Dürer = gut', 'Dürer = gut'],
  ])('writes %s so that a spreadsheet shows it and does not calculate it', (title, cell) => {
    expect(resultsCsv([aResult({ print: aPrint({ title }) })])).toContain(`,${cell},`)
  })

  it('joins several people', () => {
    const person = aPrint().people[0]
    const people = [{ ...person, name: 'A' }, { ...person, name: 'B' }] as never
    expect(resultsCsv([aResult({ print: aPrint({ people }) })])).toContain(',A; B,')
  })
})
