import { describe, expect, it } from 'vitest'

import { areaAround, isWhole, LEAST_SIDE, movedTo, WHOLE_AREA, withGrip } from './area'

const area = { x: 0.25, y: 0.25, width: 0.5, height: 0.25 }

describe('a rectangle', () => {
  it('has the sides of a handle moved, and no other', () => {
    expect(withGrip(area, { x: -1, y: 0 }, [0.5, 0.9])).toEqual({ x: 0.5, y: 0.25, width: 0.25, height: 0.25 })
    expect(withGrip(area, { x: 1, y: 1 }, [0.5, 1])).toEqual({ x: 0.25, y: 0.25, width: 0.25, height: 0.75 })
  })

  it('stays within the picture, and keeps the least side', () => {
    expect(withGrip(area, { x: -1, y: -1 }, [-3, -3])).toEqual({ x: 0, y: 0, width: 0.75, height: 0.5 })
    expect(withGrip(area, { x: -1, y: 0 }, [2, 0]).width).toBeCloseTo(LEAST_SIDE, 9)
    expect(withGrip(area, { x: 1, y: 0 }, [0, 0]).width).toBeCloseTo(LEAST_SIDE, 9)
  })

  it('is moved as it is, up to the edge', () => {
    expect(movedTo(area, [0.5, 0.5])).toEqual({ ...area, y: 0.375 })
    expect(movedTo(area, [2, -2])).toEqual({ ...area, x: 0.5, y: 0 })
    expect(movedTo(WHOLE_AREA, [0.2, 0.2])).toEqual(WHOLE_AREA)
  })

  it('lies around points, within the picture', () => {
    expect(areaAround([[0.5, -0.2], [0.25, 0.5]])).toEqual({ x: 0.25, y: 0, width: 0.25, height: 0.5 })
  })

  it('is the whole picture within half a pixel', () => {
    expect([isWhole(WHOLE_AREA), isWhole({ ...WHOLE_AREA, width: 0.9997 }), isWhole(area)]).toEqual([true, true, false])
  })
})
