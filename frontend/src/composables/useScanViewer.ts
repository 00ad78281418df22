import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'

import { isAbort } from '@/api/errors'
import { getImageService } from '@/api/iiif'
import { isWhole, type Area } from '@/geometry/area'

import { openScan, type OpenScan } from './openScan'
import { zoomKeys, type ZoomCommands } from './zoomKeys'

const STEP = 1.5

export interface ScanViewer extends ZoomCommands {
  status: Readonly<Ref<'opening' | 'open' | 'failed'>>
  /** The part of the scan on the screen, as fractions; null while all of it is. */
  part: Readonly<Ref<Area | null>>
  canEnlarge: Readonly<Ref<boolean>>
  onKey: (event: KeyboardEvent) => void
}

/** A scan in its tiles, enlarged and moved by mouse, fingers and keys. */
export function useScanViewer(element: Readonly<Ref<HTMLElement | null>>, imageId: number, label: string): ScanViewer {
  const status = ref<'opening' | 'open' | 'failed'>('opening')
  const part = shallowRef<Area | null>(null)
  const canEnlarge = ref(true)
  const scan = shallowRef<OpenScan | null>(null)
  const stop = new AbortController()

  async function open(): Promise<void> {
    const service = await getImageService(imageId, stop.signal)
    if (element.value === null) return
    const opened = await openScan(element.value, service, label, {
      opened: () => (status.value = 'open'),
      failed: () => (status.value = 'failed'),
      looked: (seen, larger) => {
        part.value = within(seen)
        canEnlarge.value = larger
      },
    })
    if (stop.signal.aborted) opened.close()
    else scan.value = opened
  }

  onMounted(() => {
    open().catch((error: unknown) => {
      if (!isAbort(error)) status.value = 'failed'
    })
  })
  onBeforeUnmount(() => {
    stop.abort()
    scan.value?.close()
  })
  return { status, part, canEnlarge, ...commandsOf(scan) }
}

function commandsOf(scan: Readonly<Ref<OpenScan | null>>): ZoomCommands & Pick<ScanViewer, 'onKey'> {
  const zoomIn = (): void => scan.value?.zoomBy(STEP)
  const zoomOut = (): void => scan.value?.zoomBy(1 / STEP)
  const fit = (): void => scan.value?.fit()
  const onKey = zoomKeys({ zoomIn, zoomOut, fit }, {
    ArrowLeft: () => scan.value?.move(-1, 0),
    ArrowRight: () => scan.value?.move(1, 0),
    ArrowUp: () => scan.value?.move(0, -1),
    ArrowDown: () => scan.value?.move(0, 1),
  })
  return { zoomIn, zoomOut, fit, onKey }
}

/** What of the rectangle lies on the picture; null where that is all of it, or nothing. */
export function within({ x, y, width, height }: Area): Area | null {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const [right, bottom] = [Math.min(1, x + width), Math.min(1, y + height)]
  const seen = { x: left, y: top, width: right - left, height: bottom - top }
  return seen.width > 0 && seen.height > 0 && !isWhole(seen) ? seen : null
}
