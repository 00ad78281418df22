/** Moving the corners of a sheet's outline so that it stays one. Pure. */
import { isClockwiseConvex, mapQuad, type Point, type Quad } from './points'

/** What is offered where no sheet was found: a tenth inside the picture's edge. */
export const INSET: Quad = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
]

/** Each turn at least this sharp (of the picture's area); the server asks for a hundredth of it. */
const LEAST_TURN = 0.0025

/** Within the picture. */
export function clamped([x, y]: Point): Point {
  return [clamp(x), clamp(y)]
}

/** The outline with one corner elsewhere, within the picture; as it was where that would fold it over. */
export function withCorner(quad: Quad, index: number, to: Point): Quad {
  const moved = mapQuad(quad, (corner, at) => (at === index ? clamped(to) : corner))
  return isClockwiseConvex(moved, LEAST_TURN) ? moved : quad
}

/**
 * An outline that may be drawn and sent: within the picture and clockwise. Its first corner stays the first, since it
 * says which way up the sheet is; of a mirrored one, left and right are exchanged.
 */
export function tidied(quad: Quad): Quad {
  const inside = mapQuad(quad, clamped)
  const [a, b, c, d] = inside
  const candidates: Quad[] = [inside, [b, a, d, c]]
  return candidates.find((candidate) => isClockwiseConvex(candidate, LEAST_TURN)) ?? INSET
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
