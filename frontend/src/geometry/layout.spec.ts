import { describe, expect, it } from 'vitest'

import { fitted, pairLayout } from './layout'

const portrait = { width: 300, height: 400 }
const landscape = { width: 400, height: 300 }

const rounded = (numbers: object): unknown =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Math.round(Number(value) * 1e6) / 1e6]))

describe('a picture on a stage', () => {
  it('is as large as the room allows', () => {
    expect(fitted(portrait, { width: 600, height: 400 })).toEqual(portrait)
    expect(fitted(landscape, { width: 100, height: 400 })).toEqual({ width: 100, height: 75 })
  })
})

describe('two pictures on a stage', () => {
  it('lie beside each other on a desktop, equally high', () => {
    const { first, second, stage } = pairLayout(portrait, landscape, { width: 1250, height: 900 }, 0)
    expect(rounded(first)).toEqual({ x: 0, y: 0, width: 450, height: 600 })
    expect(rounded(second)).toEqual({ x: 450, y: 0, width: 800, height: 600 })
    expect(rounded(stage)).toEqual({ width: 1250, height: 600 })
  })

  it('lie below each other on a phone, equally wide', () => {
    const { first, second, stage } = pairLayout(landscape, landscape, { width: 360, height: 600 }, 20)
    expect(rounded(first)).toEqual({ x: 0, y: 0, width: 360, height: 270 })
    expect(rounded(second)).toEqual({ x: 0, y: 290, width: 360, height: 270 })
    expect(rounded(stage)).toEqual({ width: 360, height: 560 })
  })

  it('stay within the room', () => {
    for (const room of [{ width: 360, height: 600 }, { width: 1400, height: 500 }, { width: 500, height: 500 }]) {
      const { stage } = pairLayout(portrait, landscape, room, 16)
      expect(stage.width).toBeLessThanOrEqual(room.width + 1e-9)
      expect(stage.height).toBeLessThanOrEqual(room.height + 1e-9)
    }
  })
})
