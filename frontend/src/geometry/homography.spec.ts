import { describe, expect, it } from 'vitest'

import { cssTransform, homographyBetween, inPixels, projected, type Matrix } from './homography'
import { WHOLE, type Point, type Quad } from './points'

/** The slow way: eight equations in eight unknowns, solved by elimination with pivots (Hartley, Zisserman 4.1). */
function bySolving(from: Quad, to: Quad): Matrix {
  const rows = from.flatMap(([x, y], index) => {
    const [u, v] = to[index] as Point
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  for (let column = 0; column < 8; column++) {
    const below = rows.slice(column).sort((a, b) => Math.abs(b[column] ?? 0) - Math.abs(a[column] ?? 0))
    rows.splice(column, below.length, ...below)
    const pivot = rows[column] as number[]
    const scaled = pivot.map((value) => value / (pivot[column] as number))
    rows.forEach((row, index) => {
      const factor = row[column] as number
      rows[index] = index === column ? scaled : row.map((value, at) => value - factor * (scaled[at] as number))
    })
  }
  return [...rows.map((row) => row[8] as number), 1] as unknown as Matrix
}

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16807) % 2147483647) / 2147483647
}

function wobbly(random: () => number): Quad {
  return WHOLE.map(([x, y]) => [x + 0.3 * (random() - 0.5), y + 0.3 * (random() - 0.5)]) as unknown as Quad
}

const mirrored = ([a, b, c, d]: Quad): Quad => [b, a, d, c]

describe('the homography between two quadrangles', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is the one that solving the equations gives (%i)', (seed) => {
    const random = numbers(seed * 7919)
    const [from, to] = [wobbly(random), seed % 2 ? wobbly(random) : mirrored(wobbly(random))]
    const [fast, slow] = [homographyBetween(from, to), bySolving(from, to)]
    for (let i = 0; i < 20; i++) {
      const point: Point = [0.2 + 0.6 * random(), 0.2 + 0.6 * random()]
      const [x, y] = projected(fast as Matrix, point) as Point
      const [slowX, slowY] = projected(slow, point) as Point
      expect([x - slowX, y - slowY].map(Math.abs).every((difference) => difference < 1e-9)).toBe(true)
    }
  })

  it('takes each corner to its corner', () => {
    const to: Quad = [[0.1, 0.2], [0.8, 0.1], [0.9, 0.95], [0.05, 0.7]]
    const matrix = homographyBetween(WHOLE, to) as Matrix
    WHOLE.forEach((corner, index) => {
      const [x, y] = projected(matrix, corner) as Point
      expect(x).toBeCloseTo(to[index]?.[0] as number, 12)
      expect(y).toBeCloseTo(to[index]?.[1] as number, 12)
    })
  })

  it('of a trapezium, by hand: its middle is where the diagonals cross', () => {
    const matrix = homographyBetween(WHOLE, [[0, 0], [3, 0], [2, 2], [1, 2]]) as Matrix
    const [x, y] = projected(matrix, [0.5, 0.5]) as Point
    expect([x, y]).toEqual([expect.closeTo(1.5, 12), expect.closeTo(1.5, 12)])
  })

  it('of a part moves and enlarges the whole', () => {
    const matrix = homographyBetween([[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 1]], WHOLE) as Matrix
    expect(projected(matrix, [0, 0])).toEqual([-1, -1])
  })

  it('is none where one has no area', () => {
    expect(homographyBetween(WHOLE, [[0, 0], [1, 1], [0.5, 0.5], [0.2, 0.2]])).toBeNull()
    expect(homographyBetween([[0, 0], [0, 0], [0, 0], [0, 0]], WHOLE)).toBeNull()
  })

  it('does not show what is behind the eye', () => {
    const matrix = homographyBetween(WHOLE, [[0.4, 0], [0.6, 0], [1, 1], [0, 1]]) as Matrix
    expect(projected(matrix, [0.5, -0.2])).not.toBeNull()
    expect(projected(matrix, [0.5, 50])).toBeNull()
  })
})

describe('for CSS', () => {
  it('fractions become pixels of both pictures', () => {
    const matrix = homographyBetween(WHOLE, [[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]]) as Matrix
    const pixels = inPixels(matrix, { width: 100, height: 200 }, { width: 400, height: 300 })
    expect(projected(pixels, [100, 200])).toEqual([expect.closeTo(200, 9), expect.closeTo(150, 9)])
  })

  it('columns come first', () => {
    expect(cssTransform([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe('matrix3d(1, 4, 0, 7, 2, 5, 0, 8, 0, 0, 1, 0, 3, 6, 0, 9)')
  })
})
