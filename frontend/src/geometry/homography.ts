/**
 * The homography between two quadrangles: the map of a plane that is photographed, lines staying lines.
 * P. Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), section 2.2.3: each quadrangle from the
 * unit square in closed form, then one after the inverse of the other. Pure.
 */
import { centreOf, type Point, type Quad, type Size } from './points'

/** A 3 x 3 matrix, row by row; a point (x, y) is the column (x, y, 1). */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number]

/** The matrix that takes the corners of `from` to those of `to`, in order; null when one of them has no area. */
export function homographyBetween(from: Quad, to: Quad): Matrix | null {
  const [start, end] = [fromUnitSquare(from), fromUnitSquare(to)]
  return start && end ? normalised(multiplied(end, adjugate(start)), centreOf(from)) : null
}

/** Where the matrix takes the point; null for a point that it takes to infinity or beyond. */
export function projected(matrix: Matrix, [x, y]: Point): Point | null {
  const [a, b, c, d, e, f, g, h, i] = matrix
  const depth = g * x + h * y + i
  return depth > 0 ? [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth] : null
}

/**
 * The same map for fractions turned into one for pixels: of a picture of the size `from`, in one of the size `to`.
 */
export function inPixels(matrix: Matrix, from: Size, to: Size): Matrix {
  const enlarge: Matrix = [to.width, 0, 0, 0, to.height, 0, 0, 0, 1]
  const reduce: Matrix = [1 / from.width, 0, 0, 0, 1 / from.height, 0, 0, 0, 1]
  return multiplied(multiplied(enlarge, matrix), reduce)
}

/** CSS `transform` for an element whose transform-origin is its top left corner; the columns come first there. */
export function cssTransform([a, b, c, d, e, f, g, h, i]: Matrix): string {
  const numbers = [a, d, 0, g, b, e, 0, h, 0, 0, 1, 0, c, f, 0, i]
  return `matrix3d(${numbers.map((number) => Number(number.toPrecision(9))).join(', ')})`
}

/** Takes the unit square's corners (0,0), (1,0), (1,1), (0,1) to those of the quadrangle. */
function fromUnitSquare([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quad): Matrix | null {
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2]
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3]
  const denominator = dx1 * dy2 - dx2 * dy1
  if (Math.abs(denominator) < 1e-12) return null
  const g = (sx * dy2 - dx2 * sy) / denominator
  const h = (dx1 * sy - sx * dy1) / denominator
  const matrix: Matrix = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1]
  return Math.abs(determinant(matrix)) < 1e-12 ? null : matrix
}

function multiplied(left: Matrix, right: Matrix): Matrix {
  const entry = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (left[3 * row + k] as number) * (right[3 * k + column] as number), 0)
  return Array.from({ length: 9 }, (_, index) => entry(Math.floor(index / 3), index % 3)) as unknown as Matrix
}

/** The inverse but for a factor, which a homography does not feel. */
function adjugate([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d]
}

function determinant([a, b, c, d, e, f, g, h, i]: Matrix): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}

/** The factor chosen so that the depth of what is seen is positive: `projected` and CSS hide what is behind. */
function normalised(matrix: Matrix, [x, y]: Point): Matrix {
  const depth = matrix[6] * x + matrix[7] * y + matrix[8]
  return matrix.map((number) => number / depth) as unknown as Matrix
}
