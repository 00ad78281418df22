/** How much two quadrangles of one picture cover each other, and which therefore mark one place. Pure. */
import { after, signedArea, turn, type Point, type Quad } from './points'

/** So much of the smaller of two quadrangles inside the other makes them one place. */
const SAME_PLACE = 0.5

/** The part of the smaller quadrangle that lies in the other, 0 to 1. Both must be convex. */
export function overlapShare(one: Quad, other: Quad): number {
  const smaller = Math.min(Math.abs(signedArea(one)), Math.abs(signedArea(other)))
  return smaller === 0 ? 0 : Math.abs(signedArea(intersection(one, other))) / smaller
}

/**
 * The places that are marked, in the order of their first mark: each is a list of those that lie on each other.
 * One is compared with the first of a place, so that a chain of neighbours does not grow into one.
 */
export function groupedByPlace<T>(marks: readonly T[], quadOf: (mark: T) => Quad): T[][] {
  const places: T[][] = []
  for (const mark of marks) {
    const place = places.find(([first]) => first !== undefined && overlapShare(quadOf(first), quadOf(mark)) >= SAME_PLACE)
    if (place) place.push(mark)
    else places.push([mark])
  }
  return places
}

/** I. Sutherland and G. Hodgman, Reentrant polygon clipping (1974). */
function intersection(subject: Quad, clip: Quad): Point[] {
  const clockwise = [...clip]
  if (signedArea(clip) < 0) clockwise.reverse()
  return clockwise.reduce<Point[]>((left, corner, index) => clipped(left, corner, after(clockwise, index)), [...subject])
}

/** What of the polygon is to the right of the line from a to b. */
function clipped(polygon: readonly Point[], a: Point, b: Point): Point[] {
  return polygon.flatMap((from, index) => {
    const to = after(polygon, index)
    const [sideFrom, sideTo] = [turn(a, b, from), turn(a, b, to)]
    const kept: Point[] = sideFrom >= 0 ? [from] : []
    return sideFrom >= 0 === sideTo >= 0 ? kept : [...kept, between(from, to, sideFrom / (sideFrom - sideTo))]
  })
}

function between(from: Point, to: Point, share: number): Point {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
}
