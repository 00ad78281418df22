/** What can be taken hold of to change a cut, on the picture as it is seen: turned and mirrored. Pure. */
import { areaAround, areaQuad, gripPoint, movedTo, WHOLE_AREA, wholeAsNone, withGrip, type Area, type Grip } from './area'
import { withCorner } from './corners'
import type { Framing } from './framing'
import { WHOLE, type Point, type Quad } from './points'
import { turnedBack, turnedPoint, turnedQuad } from './turning'

export type HandleName = 'topLeft' | 'top' | 'topRight' | 'right' | 'bottomRight' | 'bottom' | 'bottomLeft' | 'left' | 'middle'

export interface Handle {
  name: HandleName
  /** Where it is in the picture as it is seen. */
  point: Point
  /** Which way it can be moved. */
  axes: 'both' | 'x' | 'y'
  /** The framing with the handle there; the same where that is not possible. */
  move: (to: Point) => Framing
}

const GRIPS: Record<Exclude<HandleName, 'middle'>, Grip> = {
  topLeft: { x: -1, y: -1 },
  top: { x: 0, y: -1 },
  topRight: { x: 1, y: -1 },
  right: { x: 1, y: 0 },
  bottomRight: { x: 1, y: 1 },
  bottom: { x: 0, y: 1 },
  bottomLeft: { x: -1, y: 1 },
  left: { x: -1, y: 0 },
}
const CORNERS = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'] as const

/** The cut on the picture as it is seen: the rectangle's corners, or those of the sheet. */
export function seenCut(framing: Framing): Quad {
  return framing.quad ? turnedQuad(framing.quad, framing) : areaQuad(seenArea(framing))
}

export function handlesOf(framing: Framing): Handle[] {
  return framing.quad ? cornerHandles(framing, framing.quad) : areaHandles(framing)
}

/** The corner of the sheet that is at the top left of what is searched, and so on. */
function cornerHandles(framing: Framing, quad: Quad): Handle[] {
  return quad.map((corner, index) => ({
    name: CORNERS[endsAt(index, framing)] ?? 'topLeft',
    point: turnedPoint(corner, framing),
    axes: 'both',
    move: (to) => ({ ...framing, quad: withCorner(quad, index, turnedBack(to, framing)) }),
  }))
}

/** Which corner of the result a corner of the sheet becomes. */
function endsAt(index: number, framing: Framing): number {
  const [x, y] = turnedPoint(WHOLE[index] as Point, framing)
  return WHOLE.findIndex((corner) => corner[0] === x && corner[1] === y)
}

function areaHandles(framing: Framing): Handle[] {
  const area = seenArea(framing)
  const middle: Handle = {
    name: 'middle',
    point: gripPoint(area, { x: 0, y: 0 }),
    axes: 'both',
    move: (to) => withSeenArea(framing, movedTo(area, to)),
  }
  return [middle, ...(Object.keys(GRIPS) as (keyof typeof GRIPS)[]).map((name) => gripHandle(framing, area, name))]
}

function gripHandle(framing: Framing, area: Area, name: keyof typeof GRIPS): Handle {
  const grip = GRIPS[name]
  return {
    name,
    point: gripPoint(area, grip),
    axes: grip.x === 0 ? 'y' : grip.y === 0 ? 'x' : 'both',
    move: (to) => withSeenArea(framing, withGrip(area, grip, to)),
  }
}

function seenArea(framing: Framing): Area {
  return areaAround(turnedQuad(areaQuad(framing.area ?? WHOLE_AREA), framing))
}

function withSeenArea(framing: Framing, seen: Area): Framing {
  const area = areaAround(areaQuad(seen).map((corner) => turnedBack(corner, framing)))
  return { ...framing, area: wholeAsNone(area), quad: null }
}
