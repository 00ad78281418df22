import { describe, expect, it } from 'vitest'

import cases from '@/testing/framings.json'

import { framedMatrix, framedSize, isPlain, noFraming, type Framing } from './framing'
import { projected, type Matrix } from './homography'
import type { Point } from './points'

/** Of the picture that the figures were calculated for. */
const SIZE = { width: 1200, height: 900 }

describe('the preview', () => {
  // The figures are the server's own: tests/search/test_framings_of_the_page.py calculates them and compares.
  it.each(cases.map(({ framing, size, points }) => ({ framing: framing as unknown as Framing, size, points })))(
    'is what the server cuts out, pulls straight, turns and mirrors: $framing',
    ({ framing, size, points }) => {
      const { width, height } = framedSize(SIZE, framing)
      expect(Math.abs(width - size.width)).toBeLessThanOrEqual(1)
      expect(Math.abs(height - size.height)).toBeLessThanOrEqual(1)
      for (const { upright, framed } of points) {
        const [x, y] = projected(framedMatrix(framing) as Matrix, upright as unknown as Point) as Point
        expect(Math.abs(x - (framed[0] as number)), 'x').toBeLessThan(1e-4)
        expect(Math.abs(y - (framed[1] as number)), 'y').toBeLessThan(1e-4)
      }
    },
  )

  it('of four corners in one point is none', () => {
    expect(framedMatrix({ ...noFraming(), quad: [[0, 0], [0, 0], [0, 0], [0, 0]] })).toBeNull()
  })
})

describe('a framing', () => {
  it('is plain, or not', () => {
    expect([isPlain(noFraming()), isPlain({ ...noFraming(), mirror: true })]).toEqual([true, false])
  })
})
