import { describe, expect, it } from 'vitest'

import { INSET } from '@/geometry/corners'

import { areaOfText, degreesOfText, framingQuery, noFraming, quadOfText } from './framing'

describe('framingQuery', () => {
  it('leaves out what is not set', () => expect(framingQuery(noFraming())).toEqual({}))

  it('writes an outline as eight fractions', () => {
    expect(framingQuery({ ...noFraming(), quad: [[0, 0.123456], [1, 0.1], [1, 1], [0, 1]], mirror: true })).toEqual({
      quad: '0,0.1235,1,0.1,1,1,0,1',
      mirror: true,
    })
  })
})

describe('framingQuery of a part that is turned', () => {
  it('writes a rectangle as x, y, width and height', () => {
    const framing = { ...noFraming(), area: { x: 0.25, y: 0, width: 1 / 3, height: 1 }, degrees: 270 as const }
    expect(framingQuery(framing)).toEqual({ crop: '0.25,0,0.3333,1', rotate: 270 })
  })

  it('never writes a rectangle and an outline, which the server would refuse', () => {
    expect(framingQuery({ ...noFraming(), area: { x: 0, y: 0, width: 0.5, height: 1 }, quad: INSET })).not.toHaveProperty('crop')
  })
})

describe('areaOfText', () => {
  it('reads what was written', () => expect(areaOfText('0.25,0,0.3333,1')).toEqual({ x: 0.25, y: 0, width: 0.3333, height: 1 }))

  it.each(['', '0,0,1', '0.5,0,0.6,1', '0,0,0,1', '0,0,1,-1', '0,0,1,x'])('refuses %j', (text) => expect(areaOfText(text)).toBeNull())
})

describe('degreesOfText', () => {
  it.each([['90', 90], ['270', 270], ['45', 0], ['', 0], ['-90', 0]])('reads %j as %i', (text, degrees) => {
    expect(degreesOfText(text)).toBe(degrees)
  })
})

describe('quadOfText', () => {
  it('reads what was written', () => {
    expect(quadOfText(framingQuery({ ...noFraming(), quad: INSET }).quad ?? '')).toEqual(INSET)
  })

  it.each(['', '1,2,3', '0,0,1,0,1,1,0,2', '0,0,1,0,1,1,0,x', '0,0,0,1,1,1,1,0', '0,0,1,0,0,1,1,1', '0,0,1,0,1,1,0,-0.1'])(
    'refuses %j',
    (text) => expect(quadOfText(text)).toBeNull(),
  )
})
