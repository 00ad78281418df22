import { describe, expect, it } from 'vitest'

import { queuedOf, type Queued } from '@/stores/queued'
import { aFind, anImage, aPrint, aResult } from '@/testing/samples'

import { countsOf, outcomeOf, queueCsv, resultOf } from './queueOutcomes'

const other = aResult({ rank: 2, score: 0.2, image: anImage(18), print: aPrint({ record_id: '15000', title: 'La Force' }) })

function queued(part: Partial<Queued> = {}): Queued {
  return { ...queuedOf(1, new File(['x'], 'photo 1.jpg')), state: 'done', verdict: 'same_image', results: [aFind(), other], ...part }
}

const cells = (one: Queued, message = ''): string[] => (queueCsv([one], () => message).split('\r\n')[1] ?? '').split(',')

describe('what came out of a picture', () => {
  it.each([
    [{}, 'same_image'],
    [{ verdict: 'not_found' }, 'not_found'],
    [{ verdict: null }, 'unchecked'],
    [{ state: 'failed' }, 'failed'],
    [{ state: 'looking' }, 'open'],
  ] as const)('%j is %s', (part, outcome) => {
    expect(outcomeOf(queued(part))).toBe(outcome)
  })

  it('is counted, without what there is none of', () => {
    expect(countsOf([queued(), queued({ state: 'failed' }), queued()])).toEqual([
      { outcome: 'same_image', count: 2 },
      { outcome: 'failed', count: 1 },
    ])
  })

  it('is the best result, unless a person says otherwise', () => {
    expect(resultOf(queued())?.image.id).toBe(17)
    expect(resultOf(queued({ choice: 18 }))?.image.id).toBe(18)
    expect(resultOf(queued({ choice: 'none' }))).toBeNull()
    expect(resultOf(queued({ verdict: 'not_found', results: [other] }))).toBeNull()
  })
})

describe('the table', () => {
  it('has a line for each picture, with the record', () => {
    expect(queueCsv([queued()], () => '').split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFfile,verdict,score,record_id,inventory_number,title,people,date,institution,record_url,chosen_by_person,message',
      'photo 1.jpg,same_image,0.934,14943,1916.0047.1,La Paresse,"Vallotton, Félix",1896,Graphische Sammlung ETH Zürich,https://example.org/14943,no,',
    ])
  })

  it('says what a person chose', () => {
    const line = cells(queued({ choice: 18 }))
    expect([line[1], line[2], line[3], line.at(-2)]).toEqual(['', '0.200', '15000', 'yes'])
  })

  it('says that a person found none of them right', () => {
    expect(cells(queued({ choice: 'none' }))).toEqual(['photo 1.jpg', 'not_found', '', '', '', '', '', '', '', '', 'yes', ''])
  })

  it('says why there is no record', () => {
    expect(cells(queued({ state: 'failed', verdict: null, results: [] }), 'No picture.').filter((cell) => cell !== '')).toEqual(['photo 1.jpg', 'failed', 'no', 'No picture.'])
  })
})
