import { describe, expect, it } from 'vitest'

import { INSET, tidied, withCorner } from './corners'
import { WHOLE, type Quad } from './points'

describe('a corner', () => {
  it('goes where it is moved, and no other does', () => {
    expect(withCorner(INSET, 2, [0.8, 0.7])).toEqual([[0.1, 0.1], [0.9, 0.1], [0.8, 0.7], [0.1, 0.9]])
  })

  it('stays within the picture', () => {
    expect(withCorner(INSET, 0, [-3, 0.2])[0]).toEqual([0, 0.2])
  })

  it('does not fold the outline', () => {
    expect(withCorner(INSET, 0, [0.95, 0.95])).toBe(INSET)
    expect(withCorner(INSET, 0, [0.5, 0.5])).toBe(INSET)
  })
})

describe('an outline to be drawn', () => {
  it('is kept when it can be, the first corner included', () => {
    const turned: Quad = [[0.9, 0.1], [0.9, 0.9], [0.1, 0.9], [0.1, 0.1]]
    expect(tidied(turned)).toEqual(turned)
  })

  it('goes clockwise and lies within the picture', () => {
    expect(tidied([[1, 0], [-0.1, 0], [0, 1.2], [1, 1]])).toEqual(WHOLE)
  })

  it('is the inset one where there is no area', () => {
    expect(tidied([[0, 0], [0, 0], [0, 0], [0, 0]])).toBe(INSET)
  })
})
