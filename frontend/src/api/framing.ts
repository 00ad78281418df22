/** How the server is to look at a picture, under the API's names: what is cut out, turned and mirrored. */
import type { Area } from '@/geometry/area'
import type { Framing } from '@/geometry/framing'
import { isClockwiseConvex, type Point, type Quad } from '@/geometry/points'
import { QUARTERS, type Degrees } from '@/geometry/turning'

export { noFraming, type Framing } from '@/geometry/framing'

/** A framing as the API and the address write it; what is not set is left out. */
export interface FramingQuery {
  crop?: string
  quad?: string
  rotate?: Degrees
  mirror?: boolean
}

/** A ten-thousandth of a picture is less than a pixel of it. */
const DIGITS = 4

export function framingQuery({ area, quad, degrees, mirror }: Framing): FramingQuery {
  const query: FramingQuery = {}
  if (quad !== null) query.quad = fractions(quad.flat())
  else if (area !== null) query.crop = fractions([area.x, area.y, area.width, area.height])
  if (degrees !== 0) query.rotate = degrees
  if (mirror) query.mirror = true
  return query
}

/** The outline written as eight fractions; null when it is none that the server would take. */
export function quadOfText(text: string): Quad | null {
  const numbers = numbersOf(text, 8)
  if (numbers === null) return null
  const corner = (index: number): Point => [numbers[2 * index] as number, numbers[2 * index + 1] as number]
  const quad: Quad = [corner(0), corner(1), corner(2), corner(3)]
  return isClockwiseConvex(quad) ? quad : null
}

/** The rectangle written as x, y, width and height; null when it is none within the picture. */
export function areaOfText(text: string): Area | null {
  const numbers = numbersOf(text, 4)
  if (numbers === null) return null
  const [x, y, width, height] = numbers as [number, number, number, number]
  const within = width > 0 && height > 0 && x + width < 1.001 && y + height < 1.001
  return within ? { x, y, width, height } : null
}

/** The quarters written in degrees; none when it is anything else. */
export function degreesOfText(text: string): Degrees {
  return QUARTERS.find((degrees) => String(degrees) === text) ?? 0
}

function fractions(numbers: readonly number[]): string {
  return numbers.map((fraction) => Number(fraction.toFixed(DIGITS))).join(',')
}

function numbersOf(text: string, count: number): number[] | null {
  const numbers = text.split(',').map((word) => (/^[01]?\.?\d+$/.test(word) ? Number(word) : NaN))
  return numbers.length === count && numbers.every((number) => number >= 0 && number <= 1) ? numbers : null
}
