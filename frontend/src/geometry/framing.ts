/**
 * Which part of a picture is meant and which way it is turned, calculated as the server does (search/framing.py):
 * the cut first, then the turn, then the mirror. Pure; testing/framings.json holds both sides to the same figures.
 */
import { areaQuad, WHOLE_AREA, type Area } from './area'
import { homographyBetween, type Matrix } from './homography'
import { after, scaledQuad, WHOLE, type Quad, type Size } from './points'
import { isTurned, turnedQuad, turnedSize, type Turn } from './turning'

/** A rectangle or four corners of the upright picture, never both. */
export interface Framing extends Turn {
  area: Area | null
  /** The sheet's corners, clockwise from the one that belongs at its top left. */
  quad: Quad | null
}

export function noFraming(): Framing {
  return { area: null, quad: null, degrees: 0, mirror: false }
}

export function isCut({ area, quad }: Framing): boolean {
  return area !== null || quad !== null
}

export function isPlain(framing: Framing): boolean {
  return !isCut(framing) && !isTurned(framing)
}

/** The part that is cut out, as corners of the upright picture. */
export function cutQuad({ area, quad }: Framing): Quad {
  return quad ?? areaQuad(area ?? WHOLE_AREA)
}

/** The size of what is left of a picture of this size: a quadrangle becomes as long as its longer sides. */
export function framedSize(size: Size, framing: Framing): Size {
  const corners = scaledQuad(cutQuad(framing), size)
  const [top = 0, right = 0, bottom = 0, left = 0] = corners.map(([x, y], index) => {
    const [nextX, nextY] = after(corners, index)
    return Math.hypot(nextX - x, nextY - y)
  })
  return turnedSize({ width: Math.max(top, bottom), height: Math.max(right, left) }, framing)
}

/** Takes fractions of the upright picture to fractions of what is left of it; null when that has no area. */
export function framedMatrix(framing: Framing): Matrix | null {
  return homographyBetween(cutQuad(framing), turnedQuad(WHOLE, framing))
}
