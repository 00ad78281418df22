import { nextTick, onScopeDispose, ref, watch, type Ref } from 'vue'

import { zoomKeys, type ZoomCommands } from './zoomKeys'

export const MOST_ZOOM = 8
const STEP = 1.5

/** A point on the screen, as mouse and touch events name it. */
interface ScreenPoint {
  clientX: number
  clientY: number
}

export interface Zoom extends ZoomCommands {
  /** 1 shows everything. */
  zoom: Readonly<Ref<number>>
  onKey: (event: KeyboardEvent) => void
}

/**
 * Zoom of a pane that scrolls: the browser's own scrolling moves about (finger, wheel, arrow keys), so only the size
 * of the content is changed, and what is under the pointer stays there. Mouse and fingers, buttons and keys.
 */
export function useZoom(pane: Ref<HTMLElement | null>, zoom: Ref<number> = ref(1)): Zoom {
  async function zoomTo(wanted: number, at: ScreenPoint | null = centreOf(pane.value)): Promise<void> {
    const view = pane.value
    const content = view?.firstElementChild
    zoom.value = Math.min(MOST_ZOOM, Math.max(1, wanted))
    if (!view || !content || at === null) return
    const before = content.getBoundingClientRect()
    const [x, y] = [(at.clientX - before.left) / before.width, (at.clientY - before.top) / before.height]
    await nextTick()
    const now = content.getBoundingClientRect()
    view.scrollLeft += now.left + x * now.width - at.clientX
    view.scrollTop += now.top + y * now.height - at.clientY
  }

  const zoomIn = (): void => void zoomTo(zoom.value * STEP)
  const zoomOut = (): void => void zoomTo(zoom.value / STEP)
  const fit = (): void => void zoomTo(1)
  listenToPane(pane, zoom, (wanted, at) => void zoomTo(wanted, at))
  return { zoom, zoomIn, zoomOut, fit, onKey: zoomKeys({ zoomIn, zoomOut, fit }) }
}

type ZoomTo = (wanted: number, at: ScreenPoint) => void

/** Wheel and fingers; not passive, since the page itself must not zoom meanwhile. */
function listenToPane(pane: Ref<HTMLElement | null>, zoom: Ref<number>, zoomTo: ZoomTo): void {
  const fingers = pinching(zoom, zoomTo)
  const events: [string, EventListener][] = [
    ['wheel', ((event: WheelEvent) => onWheel(event, zoom, zoomTo)) as EventListener],
    ['touchstart', fingers.start as EventListener],
    ['touchmove', fingers.move as EventListener],
    ['dblclick', ((event: MouseEvent) => zoomTo(zoom.value < MOST_ZOOM ? zoom.value * 2 : 1, event)) as EventListener],
    ['mousedown', ((event: MouseEvent) => dragFrom(event, pane.value)) as EventListener],
  ]
  const detach = (element: HTMLElement | null): void => events.forEach(([name, listener]) => element?.removeEventListener(name, listener))
  watch(
    pane,
    (now, before) => {
      detach(before ?? null)
      for (const [name, listener] of events) now?.addEventListener(name, listener, { passive: false })
    },
    { immediate: true },
  )
  onScopeDispose(() => detach(pane.value))
}

// A pinch on a trackpad comes as a wheel with Ctrl; the plain wheel goes on scrolling the page.
function onWheel(event: WheelEvent, zoom: Ref<number>, zoomTo: ZoomTo): void {
  if (!event.ctrlKey && !event.metaKey) return
  event.preventDefault()
  zoomTo(zoom.value * Math.exp(-event.deltaY / 200), event)
}

function pinching(zoom: Ref<number>, zoomTo: ZoomTo): Record<'start' | 'move', (event: TouchEvent) => void> {
  let [distance, zoomed] = [0, 1]

  function start(event: TouchEvent): void {
    const pair = pairOf(event)
    if (pair) [distance, zoomed] = [distanceOf(pair), zoom.value]
  }

  function move(event: TouchEvent): void {
    const pair = pairOf(event)
    if (!pair || distance === 0) return
    // What one finger has begun to scroll cannot be called off, and the browser complains of the attempt.
    if (event.cancelable) event.preventDefault()
    zoomTo((zoomed * distanceOf(pair)) / distance, middleOf(pair))
  }

  return { start, move }
}

/** Moves the pane with the mouse until its button is let go; a finger scrolls by itself. */
function dragFrom(start: MouseEvent, pane: HTMLElement | null): void {
  if (pane === null || start.button !== 0 || start.defaultPrevented) return
  start.preventDefault()
  pane.focus({ preventScroll: true })
  const { scrollLeft, scrollTop } = pane
  const move = (now: MouseEvent): void => {
    pane.scrollLeft = scrollLeft + start.clientX - now.clientX
    pane.scrollTop = scrollTop + start.clientY - now.clientY
  }
  window.addEventListener('mousemove', move)
  window.addEventListener('mouseup', () => window.removeEventListener('mousemove', move), { once: true })
}

type Pair = readonly [ScreenPoint, ScreenPoint]

function pairOf({ touches }: TouchEvent): Pair | null {
  const [one, other] = [touches[0], touches[1]]
  return touches.length === 2 && one && other ? [one, other] : null
}

function distanceOf([one, other]: Pair): number {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
}

function middleOf([one, other]: Pair): ScreenPoint {
  return { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 }
}

function centreOf(pane: HTMLElement | null): ScreenPoint | null {
  if (pane === null) return null
  const { left, top, width, height } = pane.getBoundingClientRect()
  return { clientX: left + width / 2, clientY: top + height / 2 }
}
