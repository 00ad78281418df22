/**
 * Points and quadrangles as fractions of a picture: x and y from 0 to 1, from its top left corner, y downwards.
 * Pure: numbers in, numbers out.
 */
export type Point = readonly [number, number]

/** Four corners in order, the first belonging to the top left; clockwise on the screen unless mirrored. */
export type Quad = readonly [Point, Point, Point, Point]

export interface Size {
  width: number
  height: number
}

/** The whole picture. */
export const WHOLE: Quad = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
]

/** A quadrangle out of what JSON holds; null when that is no list of four pairs of numbers. */
export function quadOf(corners: readonly (readonly number[])[] | null | undefined): Quad | null {
  if (corners?.length !== 4) return null
  const isPoint = (corner: readonly number[]): boolean => corner.length === 2 && corner.every(Number.isFinite)
  return corners.every(isPoint) ? (corners as unknown as Quad) : null
}

export function scaledQuad(quad: Quad, { width, height }: Size): Quad {
  return mapQuad(quad, ([x, y]) => [x * width, y * height])
}

export function mapQuad(quad: Quad, change: (corner: Point, index: number) => Point): Quad {
  const [a, b, c, d] = quad
  return [change(a, 0), change(b, 1), change(c, 2), change(d, 3)]
}

/** The area with its sign (shoelace formula): positive when the corners go clockwise on the screen. */
export function signedArea(polygon: readonly Point[]): number {
  return polygon.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = after(polygon, index)
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

/** Whether the corners go clockwise around an area, each turn by more than `least` (a cross product). */
export function isClockwiseConvex(quad: Quad, least = 0): boolean {
  return quad.every((corner, index) => turn(corner, after(quad, index), after(quad, index + 1)) > least)
}

/** `points` as the SVG attribute wants them. */
export function svgPoints(polygon: readonly Point[]): string {
  return polygon.map(([x, y]) => `${x},${y}`).join(' ')
}

/** All of the picture but this part, as the path of an SVG whose `fill-rule` is `evenodd`. */
export function svgOutside(part: Quad): string {
  return `M${WHOLE.join('L')}ZM${part.join('L')}Z`
}

export function centreOf(quad: Quad): Point {
  const mean = (axis: 0 | 1): number => quad.reduce((sum, corner) => sum + corner[axis] / 4, 0)
  return [mean(0), mean(1)]
}

/** The cross product of the way from a to b and the way from b to c: positive for a turn to the right. */
export function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
}

/** The point after this one, around the polygon. */
export function after(polygon: readonly Point[], index: number): Point {
  return polygon[(index + 1) % polygon.length] as Point
}
