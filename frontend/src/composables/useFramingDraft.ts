import { computed, type ComputedRef } from 'vue'

import { areaAround, areaQuad, wholeAsNone, type Area } from '@/geometry/area'
import { INSET, tidied } from '@/geometry/corners'
import { noFraming, type Framing } from '@/geometry/framing'
import type { Quad } from '@/geometry/points'
import { turnedFurther } from '@/geometry/turning'

import { useHistory, type History } from './useHistory'

/** How the part is said: by a rectangle, or by the four corners of a sheet. */
export type CutMode = 'crop' | 'quad'

export interface FramingDraft extends Omit<History<Framing>, 'begin'> {
  mode: ComputedRef<CutMode>
  /** Starts from the framing in force; `seen`: where the search saw the sheet. */
  open: (inForce: Framing, seen: Quad | null) => void
  setMode: (mode: CutMode) => void
  turn: (clockwise: boolean) => void
  mirror: () => void
  reset: () => void
}

/** A framing while it is being edited: nothing is searched until it is applied. */
export function useFramingDraft(): FramingDraft {
  const history = useHistory<Framing>(noFraming())
  const { state, change } = history
  const mode = computed<CutMode>(() => (state.value.quad === null ? 'crop' : 'quad'))
  let sheet: Quad | null = null
  /** What the corners were set to, and for which rectangle: coming back unchanged gives it back. */
  let entered: { quad: Quad; area: Area | null } | null = null

  function open(inForce: Framing, seen: Quad | null): void {
    sheet = seen
    entered = null
    history.begin(inForce)
  }

  function setMode(next: CutMode): void {
    if (next === mode.value) return
    const { area, quad } = state.value
    if (next === 'quad') {
      const corners = area ? areaQuad(area) : sheet ? tidied(sheet) : INSET
      entered = { quad: corners, area }
      change({ ...state.value, area: null, quad: corners })
    } else if (quad) {
      const untouched = entered && JSON.stringify(entered.quad) === JSON.stringify(quad)
      change({ ...state.value, area: untouched && entered ? entered.area : wholeAsNone(areaAround(quad)), quad: null })
    }
  }

  return {
    ...history,
    mode,
    open,
    setMode,
    turn: (clockwise) => change(turnedFurther(state.value, clockwise)),
    mirror: () => change({ ...state.value, mirror: !state.value.mirror }),
    reset: () => change(noFraming()),
  }
}
