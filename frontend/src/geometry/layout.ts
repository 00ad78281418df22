/** Where pictures lie on a stage: as large as the room allows. Pure; pixels from the top left corner. */
import type { Size } from './points'

export interface Rect extends Size {
  x: number
  y: number
}

export interface PairLayout {
  first: Rect
  second: Rect
  stage: Size
}

/** The largest size of this shape within the room. */
export function fitted(shape: Size, room: Size): Size {
  const scale = Math.min(room.width / shape.width, room.height / shape.height)
  return { width: shape.width * scale, height: shape.height * scale }
}

/** Two pictures of their own shapes, beside or below each other: whichever shows more of them. */
export function pairLayout(first: Size, second: Size, room: Size, gap: number): PairLayout {
  const [beside, below] = [besideEachOther(first, second, room, gap), belowEachOther(first, second, room, gap)]
  return areaOf(below) > areaOf(beside) ? below : beside
}

/** Both as high as the other. */
function besideEachOther(first: Size, second: Size, room: Size, gap: number): PairLayout {
  const ratios = [first.width / first.height, second.width / second.height] as const
  const height = Math.min(room.height, (room.width - gap) / (ratios[0] + ratios[1]))
  const [left, right] = [ratios[0] * height, ratios[1] * height]
  return {
    first: { x: 0, y: 0, width: left, height },
    second: { x: left + gap, y: 0, width: right, height },
    stage: { width: left + gap + right, height },
  }
}

/** Both as wide as the other. */
function belowEachOther(first: Size, second: Size, room: Size, gap: number): PairLayout {
  const turned = (size: Size): Size => ({ width: size.height, height: size.width })
  const layout = besideEachOther(turned(first), turned(second), turned(room), gap)
  const back = (rect: Rect): Rect => ({ x: rect.y, y: rect.x, ...turned(rect) })
  return { first: back(layout.first), second: back(layout.second), stage: turned(layout.stage) }
}

function areaOf({ first, second }: PairLayout): number {
  return first.width * first.height + second.width * second.height
}
