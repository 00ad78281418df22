import { describe, expect, it } from 'vitest'

import { centreOf, isClockwiseConvex, quadOf, scaledQuad, signedArea, svgPoints, WHOLE, type Quad } from './points'

const mirrored: Quad = [[1, 0], [0, 0], [0, 1], [1, 1]]

describe('quadrangles', () => {
  it('come from JSON, or not', () => {
    expect(quadOf([[0, 0], [1, 0], [1, 1], [0, 1]])).toEqual(WHOLE)
    for (const wrong of [null, undefined, [], [[0, 0], [1, 0], [1, 1]], [[0], [1, 0], [1, 1], [0, 1]], [[0, NaN], [1, 0], [1, 1], [0, 1]]]) {
      expect(quadOf(wrong)).toBeNull()
    }
  })

  it('have an area with a sign', () => {
    expect([signedArea(WHOLE), signedArea(mirrored)]).toEqual([1, -1])
    expect(signedArea([[0, 0], [4, 0], [0, 3]])).toBe(6)
  })

  it('are convex and clockwise, or not', () => {
    expect(isClockwiseConvex(WHOLE)).toBe(true)
    expect(isClockwiseConvex(mirrored)).toBe(false)
    expect(isClockwiseConvex([[0, 0], [1, 0], [0.2, 0.2], [0, 1]])).toBe(false)
    expect(isClockwiseConvex([[0, 0], [1, 0], [0, 1], [1, 1]])).toBe(false)
  })

  it('are scaled, centred and written', () => {
    expect(scaledQuad(WHOLE, { width: 4, height: 3 })[2]).toEqual([4, 3])
    expect(centreOf(WHOLE)).toEqual([0.5, 0.5])
    expect(svgPoints(WHOLE)).toBe('0,0 1,0 1,1 0,1')
  })
})
