import { describe, expect, it } from 'vitest'

import { WHOLE } from '@/geometry/points'
import { aFind, aMatch, anImage, aResult } from '@/testing/samples'

import { findOf, findsOf, placesOf, verdictOf } from './finds'

const right = [[0.55, 0.1], [0.95, 0.1], [0.95, 0.9], [0.55, 0.9]]

describe('a find', () => {
  it('is a result with a match', () => {
    const result = aFind()
    expect(findOf(result)).toEqual({ result, match: result.match, quad: result.match?.quad, recordQuad: WHOLE })
    expect(findsOf([aResult(), result])).toHaveLength(1)
  })

  it('is none without an outline that can be drawn', () => {
    expect(findOf(aFind({ match: aMatch({ quad: [] }) }))).toBeNull()
  })
})

describe('places', () => {
  it('are one for each work, with all that was found there', () => {
    const [here, alsoHere] = [aFind(), aFind({ image: anImage(18) })]
    const there = aFind({ image: anImage(19), match: aMatch({ quad: right }) })
    const places = placesOf(findsOf([here, there, alsoHere]))
    expect(places.map(({ number, finds }) => [number, finds.map((find) => find.result.image.id)])).toEqual([
      [1, [17, 18]],
      [2, [19]],
    ])
  })
})

describe('a verdict', () => {
  it('is known, or none', () => {
    expect([verdictOf('similar'), verdictOf('new_kind'), verdictOf(null), verdictOf(undefined)]).toEqual(['similar', null, null, null])
  })
})
