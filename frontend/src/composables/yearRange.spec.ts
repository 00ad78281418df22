import { describe, expect, it } from 'vitest'

import { binsChosen, endsOf, rangeOf, touches, type YearBin } from './yearRange'

const BINS: YearBin[] = [1500, 1525, 1550, 1575].map((from) => ({ from, to: from + 24, count: 1 }))
const OPEN = { from: null, to: null }
const [first, second, third, last] = BINS as [YearBin, YearBin, YearBin, YearBin]

describe('rangeOf', () => {
  it.each([
    [1500, 1599, OPEN],
    [1490, 1700, OPEN],
    [1510, 1599, { from: 1510, to: null }],
    [1500, 1560, { from: null, to: 1560 }],
    [1530, 1531, { from: 1530, to: 1531 }],
  ])('%i to %i is %j', (from, to, expected) => {
    expect(rangeOf(from, to, BINS)).toEqual(expected)
  })
})

describe('endsOf', () => {
  it('stay on the chart', () => {
    expect(endsOf(OPEN, BINS)).toEqual({ from: 1500, to: 1599 })
    expect(endsOf({ from: 1200, to: 1560 }, BINS)).toEqual({ from: 1500, to: 1560 })
    expect(endsOf({ from: 1700, to: null }, BINS)).toEqual({ from: 1599, to: 1599 })
  })
})

describe('binsChosen', () => {
  it('goes from bar to bar in either direction', () => {
    expect(binsChosen(second, third, BINS, OPEN)).toEqual({ from: 1525, to: 1574 })
    expect(binsChosen(third, second, BINS, OPEN)).toEqual({ from: 1525, to: 1574 })
    expect(binsChosen(third, last, BINS, OPEN)).toEqual({ from: 1550, to: null })
    expect(binsChosen(first, first, BINS, OPEN)).toEqual({ from: null, to: 1524 })
  })

  it('is taken back by the same bar', () => {
    expect(binsChosen(second, second, BINS, { from: 1525, to: 1549 })).toEqual(OPEN)
  })
})

describe('touches', () => {
  it('counts both ends', () => {
    const range = { from: 1549, to: 1550 }
    expect(BINS.map((bin) => touches(bin, range))).toEqual([false, true, true, false])
    expect(BINS.every((bin) => touches(bin, OPEN))).toBe(true)
  })
})
