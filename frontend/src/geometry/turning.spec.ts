import { describe, expect, it } from 'vitest'

import type { Point } from './points'
import { QUARTERS, turnedBack, turnedFurther, turnedPoint, turnedSize, type Turn } from './turning'

const turns: Turn[] = QUARTERS.flatMap((degrees) => [false, true].map((mirror) => ({ degrees, mirror })))
const rounded = (point: Point): number[] => point.map((share) => Math.round(share * 1e9) / 1e9)

describe('a picture that is turned', () => {
  it.each<[Turn, Point]>([
    [{ degrees: 0, mirror: false }, [0.1, 0.2]],
    [{ degrees: 90, mirror: false }, [0.8, 0.1]],
    [{ degrees: 180, mirror: false }, [0.9, 0.8]],
    [{ degrees: 270, mirror: false }, [0.2, 0.9]],
    [{ degrees: 0, mirror: true }, [0.9, 0.2]],
    [{ degrees: 90, mirror: true }, [0.2, 0.1]],
  ])('by hand: %j', (turn, there) => expect(rounded(turnedPoint([0.1, 0.2], turn))).toEqual(there))

  it.each(turns)('leads back to where it came from: %j', (turn) => {
    expect(rounded(turnedBack(turnedPoint([0.1, 0.7], turn), turn))).toEqual([0.1, 0.7])
  })

  it.each(turns)('is turned further as one sees it, in a mirror too: %j', (turn) => {
    const seen = turnedPoint([0.1, 0.7], turn)
    const right = turnedPoint([0.1, 0.7], turnedFurther(turn, true))
    expect(rounded(right)).toEqual(rounded([1 - seen[1], seen[0]]))
    expect(turnedFurther(turnedFurther(turn, true), false)).toEqual(turn)
  })

  it('exchanges width and height at a quarter', () => {
    expect(turnedSize({ width: 4, height: 3 }, { degrees: 270, mirror: true })).toEqual({ width: 3, height: 4 })
    expect(turnedSize({ width: 4, height: 3 }, { degrees: 180, mirror: true })).toEqual({ width: 4, height: 3 })
  })
})
