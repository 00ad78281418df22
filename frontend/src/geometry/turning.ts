/** A picture turned clockwise by quarters and then mirrored, as the server does it. Fractions; pure. */
import { mapQuad, type Point, type Quad, type Size } from './points'

export const QUARTERS = [0, 90, 180, 270] as const
export type Degrees = (typeof QUARTERS)[number]

export interface Turn {
  /** Clockwise. */
  degrees: Degrees
  /** Left and right exchanged, after turning. */
  mirror: boolean
}

/** Where a point of the picture lies once it is turned. */
export function turnedPoint(point: Point, { degrees, mirror }: Turn): Point {
  const [x, y] = rotated(point, degrees)
  return mirror ? [1 - x, y] : [x, y]
}

/** Where a point of the turned picture was before. */
export function turnedBack([x, y]: Point, { degrees, mirror }: Turn): Point {
  return rotated(mirror ? [1 - x, y] : [x, y], quarter(-degrees))
}

export function turnedQuad(quad: Quad, turn: Turn): Quad {
  return mapQuad(quad, (corner) => turnedPoint(corner, turn))
}

export function turnedSize({ width, height }: Size, { degrees }: Turn): Size {
  return degrees % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** Turned by a quarter more as one sees it: in a mirror, clockwise is the other way round for the server. */
export function turnedFurther<T extends Turn>(turn: T, clockwise: boolean): T {
  return { ...turn, degrees: quarter(turn.degrees + (clockwise === turn.mirror ? -90 : 90)) }
}

export function isTurned({ degrees, mirror }: Turn): boolean {
  return degrees !== 0 || mirror
}

/**
 * The style of an <img> of this size that fills a box of the turned picture's shape. Percentages of that box, so that
 * it fits whatever size the page gives the box.
 */
export function turnedStyle({ width, height }: Size, { degrees, mirror }: Turn): Record<string, string> {
  const across = degrees % 180 === 0 ? 1 : width / height
  const flip = mirror ? 'scaleX(-1) ' : ''
  return {
    position: 'absolute',
    left: '50%',
    top: '50%',
    width: `${100 * across}%`,
    height: `${100 / across}%`,
    maxWidth: 'none',
    maxHeight: 'none',
    transform: `translate(-50%, -50%) ${flip}rotate(${degrees}deg)`,
  }
}

function rotated([x, y]: Point, degrees: Degrees): Point {
  if (degrees === 90) return [1 - y, x]
  if (degrees === 180) return [1 - x, 1 - y]
  if (degrees === 270) return [y, 1 - x]
  return [x, y]
}

function quarter(degrees: number): Degrees {
  return QUARTERS[(((degrees / 90) % 4) + 4) % 4] as Degrees
}
