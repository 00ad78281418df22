import { describe, expect, it } from 'vitest'

import { INSET } from '@/geometry/corners'

import { framingQuery, noFraming, quadOfText } from './framing'

describe('framingQuery', () => {
  it('leaves out what is not set', () => expect(framingQuery(noFraming())).toEqual({}))

  it('writes an outline as eight fractions', () => {
    expect(framingQuery({ quad: [[0, 0.123456], [1, 0.1], [1, 1], [0, 1]], mirror: true })).toEqual({
      quad: '0,0.1235,1,0.1,1,1,0,1',
      mirror: true,
    })
  })
})

describe('quadOfText', () => {
  it('reads what was written', () => {
    expect(quadOfText(framingQuery({ quad: INSET, mirror: false }).quad ?? '')).toEqual(INSET)
  })

  it.each(['', '1,2,3', '0,0,1,0,1,1,0,2', '0,0,1,0,1,1,0,x', '0,0,0,1,1,1,1,0', '0,0,1,0,0,1,1,1', '0,0,1,0,1,1,0,-0.1'])(
    'refuses %j',
    (text) => expect(quadOfText(text)).toBeNull(),
  )
})
