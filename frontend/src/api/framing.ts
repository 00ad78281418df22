/** How the server is to look at a picture: the outline of the sheet in it, and whether as in a mirror. */
import { isClockwiseConvex, type Point, type Quad } from '@/geometry/points'

export interface Framing {
  /** The sheet's corners as fractions of the upright picture, clockwise from the sheet's top left. */
  quad: Quad | null
  mirror: boolean
}

/** A framing under the API's names; what is not set is left out. */
export interface FramingQuery {
  quad?: string
  mirror?: boolean
}

/** A ten-thousandth of a picture is less than a pixel of it. */
const DIGITS = 4

export function noFraming(): Framing {
  return { quad: null, mirror: false }
}

export function framingQuery({ quad, mirror }: Framing): FramingQuery {
  const query: FramingQuery = {}
  if (quad !== null) query.quad = quad.flat().map((fraction) => Number(fraction.toFixed(DIGITS))).join(',')
  if (mirror) query.mirror = true
  return query
}

/** The outline written as eight fractions; null when it is none that the server would take. */
export function quadOfText(text: string): Quad | null {
  const numbers = text.split(',').map((word) => (/^[01]?\.?\d+$/.test(word) ? Number(word) : NaN))
  if (numbers.length !== 8 || !numbers.every((number) => number >= 0 && number <= 1)) return null
  const corner = (index: number): Point => [numbers[2 * index] as number, numbers[2 * index + 1] as number]
  const quad: Quad = [corner(0), corner(1), corner(2), corner(3)]
  return isClockwiseConvex(quad) ? quad : null
}
