import { nextTick, watch, type Ref } from 'vue'

import type { PaneState } from './useTogether'

/** A pixel or two of rounding is no movement. */
const TOLERANCE_PX = 2

/** Keeps a scrolling pane and the middle that its state names in step; returns what its scrolling is to call. */
export function useMiddle(pane: Ref<HTMLElement | null>, state: PaneState | undefined): () => void {
  if (!state) return () => undefined
  const { zoom, middle } = state

  function onScroll(): void {
    const view = pane.value
    if (view && isElsewhere(view, middle.value)) middle.value = middleOf(view)
  }

  async function follow(): Promise<void> {
    // The content must have its size first.
    await nextTick()
    const view = pane.value
    if (!view || !isElsewhere(view, middle.value)) return
    const [x, y] = middle.value
    view.scrollLeft = x * view.scrollWidth - view.clientWidth / 2
    view.scrollTop = y * view.scrollHeight - view.clientHeight / 2
  }

  watch([zoom, middle], () => void follow())
  return onScroll
}

function middleOf(view: HTMLElement): readonly [number, number] {
  return [
    (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth,
    (view.scrollTop + view.clientHeight / 2) / view.scrollHeight,
  ]
}

// What does not scroll in one direction has its middle there always in the middle.
function isElsewhere(view: HTMLElement, [x, y]: readonly [number, number]): boolean {
  const [nowX, nowY] = middleOf(view)
  return Math.abs(x - nowX) * view.scrollWidth > TOLERANCE_PX || Math.abs(y - nowY) * view.scrollHeight > TOLERANCE_PX
}
