import { describe, expect, it } from 'vitest'

import { INSET } from '@/geometry/corners'
import { noFraming } from '@/geometry/framing'
import type { Quad } from '@/geometry/points'

import { useFramingDraft } from './useFramingDraft'

const SEEN: Quad = [[0.2, 0.1], [0.8, 0.1], [0.8, 0.9], [0.2, 0.9]]
const AREA = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 }

function draftOf(part = {}, seen: Quad | null = SEEN) {
  const draft = useFramingDraft()
  draft.open({ ...noFraming(), ...part }, seen)
  return draft
}

describe('a framing that is edited', () => {
  it('has the corners of the sheet set beforehand, as the search saw it', () => {
    const draft = draftOf()
    draft.setMode('quad')
    expect(draft.state.value).toEqual({ ...noFraming(), quad: SEEN })
  })

  it('has corners inside the edge where no sheet was seen', () => {
    const draft = draftOf({}, null)
    draft.setMode('quad')
    expect(draft.state.value.quad).toEqual(INSET)
  })

  it('begins the corners at the rectangle that was drawn, and gives it back unchanged', () => {
    const draft = draftOf({ area: AREA, degrees: 90 })
    draft.setMode('quad')
    expect(draft.state.value).toEqual({ area: null, quad: [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]], degrees: 90, mirror: false })
    draft.setMode('crop')
    expect(draft.state.value).toEqual({ area: AREA, quad: null, degrees: 90, mirror: false })
  })

  it('goes back to the whole picture when the corners were only looked at', () => {
    const draft = draftOf()
    draft.setMode('quad')
    draft.setMode('crop')
    expect(draft.state.value).toEqual(noFraming())
  })

  it('makes of moved corners the rectangle around them', () => {
    const draft = draftOf({ quad: SEEN })
    draft.setMode('crop')
    expect(draft.state.value.area).toEqual({ x: 0.2, y: 0.1, width: expect.closeTo(0.6, 9), height: 0.8 })
  })

  it('is turned, mirrored, reset, and all of that taken back', () => {
    const draft = draftOf({ area: AREA })
    draft.turn(true)
    draft.mirror()
    expect(draft.state.value).toEqual({ area: AREA, quad: null, degrees: 90, mirror: true })
    draft.reset()
    expect(draft.state.value).toEqual(noFraming())
    draft.undo()
    draft.undo()
    draft.undo()
    expect([draft.state.value.area, draft.state.value.degrees, draft.canUndo.value]).toEqual([AREA, 0, false])
  })
})
