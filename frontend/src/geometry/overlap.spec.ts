import { describe, expect, it } from 'vitest'

import { groupedByPlace, overlapShare } from './overlap'
import { WHOLE, type Point, type Quad } from './points'

const box = (x: number, y: number, width: number, height: number): Quad => [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]
const backwards = ([a, b, c, d]: Quad): Quad => [b, a, d, c]

/** The slow way: counts the points of a fine lattice that lie inside. */
function byCounting(one: Quad, other: Quad): number {
  const steps = 400
  const inside = (quad: Quad, [x, y]: Point): boolean =>
    quad.reduce((odd, [x1, y1], index) => {
      const [x2, y2] = quad[(index + 1) % 4] as Point
      const crosses = y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)
      return crosses ? !odd : odd
    }, false)
  let [both, first, second] = [0, 0, 0]
  for (let i = 0; i < steps * steps; i++) {
    const point: Point = [((i % steps) + 0.5) / steps, (Math.floor(i / steps) + 0.5) / steps]
    const [inOne, inOther] = [inside(one, point), inside(other, point)]
    first += Number(inOne)
    second += Number(inOther)
    both += Number(inOne && inOther)
  }
  return both / Math.min(first, second)
}

describe('how much two quadrangles share', () => {
  it.each<[string, Quad, Quad, number]>([
    ['the same', WHOLE, WHOLE, 1],
    ['one inside the other', WHOLE, box(0.2, 0.2, 0.3, 0.3), 1],
    ['a half', box(0, 0, 0.5, 0.5), box(0.25, 0, 0.5, 0.5), 0.5],
    ['nothing', box(0, 0, 0.2, 0.2), box(0.5, 0.5, 0.2, 0.2), 0],
    ['an edge', box(0, 0, 0.5, 1), box(0.5, 0, 0.5, 1), 0],
    ['one that is mirrored', backwards(box(0, 0, 0.5, 0.5)), box(0.25, 0, 0.5, 0.5), 0.5],
    ['one without area', WHOLE, box(0, 0, 0, 0), 0],
  ])('%s', (_, one, other, share) => {
    expect(overlapShare(one, other)).toBeCloseTo(share, 9)
    expect(overlapShare(other, one)).toBeCloseTo(share, 9)
  })

  it('of tilted ones is what counting gives', () => {
    const one: Quad = [[0.1, 0.2], [0.7, 0.1], [0.8, 0.8], [0.2, 0.7]]
    const other: Quad = [[0.4, 0.05], [0.95, 0.4], [0.6, 0.95], [0.3, 0.5]]
    expect(overlapShare(one, other)).toBeCloseTo(byCounting(one, other), 2)
  })
})

describe('places', () => {
  it('are those that do not lie on each other, in the order of the marks', () => {
    const marks = [box(0, 0, 0.4, 0.9), box(0.6, 0, 0.4, 0.9), box(0.02, 0, 0.4, 0.9), box(0.65, 0.1, 0.1, 0.1)]
    expect(groupedByPlace(marks, (mark) => mark)).toEqual([
      [marks[0], marks[2]],
      [marks[1], marks[3]],
    ])
  })

  it('are none without marks', () => expect(groupedByPlace<Quad>([], (mark) => mark)).toEqual([]))
})
