import { onScopeDispose, readonly, ref, type Ref } from 'vue'

import { mayBring, whatWasDropped, whatWasPasted, type Dropped } from './dropped'

/** Where a paste writes text, it is not for the page. */
const TEXT_FIELDS = 'textarea, [contenteditable]:not([contenteditable=false]), input:not([type=checkbox], [type=radio], [type=range], [type=file])'

/** Takes what is dropped anywhere on the page or pasted outside a text field. */
export function usePictureDrop(onDropped: (dropped: Dropped) => void): { dragging: Readonly<Ref<boolean>> } {
  const dragging = ref(false)
  // The page's own pictures and links are dragged to other places, not to the page.
  let own = false

  const handlers: Record<string, (event: never) => void> = {
    dragstart: () => void (own = true),
    dragend: () => void (own = false),
    dragover(event: DragEvent) {
      if (own || !mayBring(event.dataTransfer)) return
      event.preventDefault()
      dragging.value = true
    },
    dragleave(event: DragEvent) {
      // Moving between elements fires "leave", too; only the window's edge has nothing to enter.
      if (event.relatedTarget === null) dragging.value = false
    },
    drop(event: DragEvent) {
      dragging.value = false
      // A part of the page that takes files itself has had it.
      if (own || event.defaultPrevented || !event.dataTransfer || !mayBring(event.dataTransfer)) return
      event.preventDefault()
      onDropped(whatWasDropped(event.dataTransfer))
    },
    paste(event: ClipboardEvent) {
      const inField = event.target instanceof Element && event.target.closest(TEXT_FIELDS) !== null
      if (event.defaultPrevented || inField || !event.clipboardData) return
      onDropped(whatWasPasted(event.clipboardData))
    },
  }
  const events = Object.entries(handlers) as [string, EventListener][]
  for (const [name, listener] of events) window.addEventListener(name, listener)
  onScopeDispose(() => events.forEach(([name, listener]) => window.removeEventListener(name, listener)))
  return { dragging: readonly(dragging) }
}
