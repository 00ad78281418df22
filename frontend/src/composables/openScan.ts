/** OpenSeadragon as this page uses it: the only file that knows it. It is fetched when a scan is first looked into. */
import type { Viewer } from 'openseadragon'

import type { ImageService } from '@/api/iiif'
import type { Area } from '@/geometry/area'

/** A dot of the scan fills at most so many of the screen. */
const MOST_ENLARGED = 4
/** Of what is on the screen, so far goes one move. */
const STRIDE = 0.2

export interface OpenScan {
  zoomBy: (factor: number) => void
  fit: () => void
  /** To the right and downwards by so many strides. */
  move: (x: number, y: number) => void
  close: () => void
}

export interface ScanEvents {
  opened: () => void
  failed: () => void
  /** What of the scan is on the screen, as fractions of it, and whether it can be enlarged further. */
  looked: (seen: Area, canEnlarge: boolean) => void
}

export async function openScan(element: HTMLElement, service: ImageService, label: string, events: ScanEvents): Promise<OpenScan> {
  const { default: OpenSeadragon } = await import('openseadragon')
  keepStyleSheetOut()
  const viewer = OpenSeadragon({ ...optionsFor(element), tileSources: service as never })
  viewer.addHandler('open', () => {
    nameFor(viewer, label)
    events.opened()
  })
  viewer.addHandler('open-failed', events.failed)
  viewer.addHandler('update-viewport', () => tellOf(viewer, service, events))
  return {
    zoomBy: (factor) => void viewer.viewport.zoomBy(factor).applyConstraints(),
    fit: () => void viewer.viewport.goHome(),
    move: (x, y) => {
      const { width, height } = viewer.viewport.getBounds()
      viewer.viewport.panBy(new OpenSeadragon.Point(x * STRIDE * width, y * STRIDE * height)).applyConstraints()
    },
    close: () => viewer.destroy(),
  }
}

function tellOf({ viewport, world }: Viewer, { width, height }: ImageService, { looked }: ScanEvents): void {
  if (world.getItemCount() === 0) return
  const shown = world.getItemAt(0).viewportToImageRectangle(viewport.getBounds(true))
  const seen = { x: shown.x / width, y: shown.y / height, width: shown.width / width, height: shown.height / height }
  looked(seen, viewport.getZoom() < viewport.getMaxZoom() * 0.99)
}

function nameFor({ canvas }: Viewer, label: string): void {
  canvas.setAttribute('role', 'group')
  canvas.setAttribute('aria-label', label)
  canvas.focus({ preventScroll: true })
}

function optionsFor(element: HTMLElement): Record<string, unknown> {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  const gestures = { clickToZoom: false, dblClickToZoom: true, flickEnabled: !still }
  return {
    element,
    drawer: 'canvas',
    showNavigationControl: false,
    keyboardNavEnabled: false,
    animationTime: still ? 0 : 0.5,
    blendTime: 0,
    visibilityRatio: 1,
    minZoomImageRatio: 1,
    maxZoomPixelRatio: MOST_ENLARGED,
    gestureSettingsMouse: gestures,
    gestureSettingsTouch: { ...gestures, pinchToZoom: true },
    gestureSettingsPen: gestures,
    // A scan that is looked at for the first time is being cut into tiles: the server says 503 until that is done.
    imageLoaderLimit: 4,
    tileRetryMax: 8,
    tileRetryDelay: 1500,
  }
}

// The viewer writes a style sheet into the page unless there is one of this name, and our Content-Security-Policy
// refuses it, loudly. An element of no meaning takes its place; the focus ring that it would hide on phones stays.
function keepStyleSheetOut(): void {
  const name = 'data-openseadragon-mobile-css'
  if (document.querySelector(`style[${name}]`)) return
  const nothing = document.createElementNS('about:nothing', 'style')
  nothing.setAttribute(name, '')
  document.head.append(nothing)
}
