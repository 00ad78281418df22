import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

import type { Size } from '@/geometry/points'

/** Of the window's height, so that the controls below a picture stay on the screen. */
const SHARE_OF_HEIGHT = 0.64
const LEAST_HEIGHT = 280

/** How much room there is for pictures: as wide as the element, and not higher than most of the window. */
export function useRoom(element: Ref<HTMLElement | null>): Readonly<Ref<Size>> {
  const room = ref<Size>({ width: 800, height: 600 })

  function measure(): void {
    const width = element.value?.clientWidth ?? 0
    const height = Math.max(LEAST_HEIGHT, window.innerHeight * SHARE_OF_HEIGHT)
    if (width > 0) room.value = { width, height }
  }

  const observer = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    if (element.value) observer.observe(element.value)
  })
  window.addEventListener('resize', measure)
  onScopeDispose(() => {
    observer.disconnect()
    window.removeEventListener('resize', measure)
  })
  return room
}
