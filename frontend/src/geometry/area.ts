/** A rectangle cut out of a picture, and how its sides are moved. Fractions of the picture; pure. */
import { clamped } from './corners'
import type { Point, Quad } from './points'

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** Which sides a handle moves: -1 the left or upper one, 1 the right or lower one, 0 none of the two. */
export interface Grip {
  x: -1 | 0 | 1
  y: -1 | 0 | 1
}

export const WHOLE_AREA: Area = { x: 0, y: 0, width: 1, height: 1 }
/** What is cut out keeps at least this much of each side: less than that shows nothing to search with. */
export const LEAST_SIDE = 0.03

export function areaQuad({ x, y, width, height }: Area): Quad {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]
}

/** The smallest rectangle around points, within the picture. */
export function areaAround(points: readonly Point[]): Area {
  const inside = points.map(clamped)
  const [xs, ys] = [inside.map(([x]) => x), inside.map(([, y]) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

/** Where the handle is: a corner, or the middle of a side. */
export function gripPoint({ x, y, width, height }: Area, grip: Grip): Point {
  return [x + (width * (1 + grip.x)) / 2, y + (height * (1 + grip.y)) / 2]
}

/** The rectangle with the sides of this handle elsewhere: within the picture, and never narrower than the least. */
export function withGrip(area: Area, grip: Grip, [x, y]: Point): Area {
  const [left, right] = movedSides(area.x, area.x + area.width, grip.x, x)
  const [top, bottom] = movedSides(area.y, area.y + area.height, grip.y, y)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The rectangle as large as it is, with its middle as near to the point as the picture allows. */
export function movedTo(area: Area, [x, y]: Point): Area {
  const start = (middle: number, length: number): number => Math.min(1 - length, Math.max(0, middle - length / 2))
  return { ...area, x: start(x, area.width), y: start(y, area.height) }
}

/** Whether nothing is cut off. */
export function isWhole({ x, y, width, height }: Area): boolean {
  const least = 0.0005
  return x < least && y < least && width > 1 - least && height > 1 - least
}

/** A rectangle that cuts nothing off is none. */
export function wholeAsNone(area: Area): Area | null {
  return isWhole(area) ? null : area
}

function movedSides(first: number, second: number, side: -1 | 0 | 1, to: number): [number, number] {
  if (side < 0) return [Math.min(Math.max(to, 0), Math.max(0, second - LEAST_SIDE)), second]
  if (side > 0) return [first, Math.max(Math.min(to, 1), Math.min(1, first + LEAST_SIDE))]
  return [first, second]
}
