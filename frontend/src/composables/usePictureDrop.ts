import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Takes pictures dropped anywhere on the page or pasted from the clipboard. */
export function usePictureDrop(onPictures: (files: File[]) => void): { dragging: Readonly<Ref<boolean>> } {
  const dragging = ref(false)

  function over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    dragging.value = true
  }

  function leave(event: DragEvent): void {
    // Moving between elements fires "leave", too; only the window's edge has nothing to enter.
    if (event.relatedTarget === null) dragging.value = false
  }

  function drop(event: DragEvent): void {
    dragging.value = false
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    onPictures(files)
  }

  function paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])].filter((one) => one.type.startsWith('image/'))
    if (files.length > 0) onPictures(files)
  }

  const events: [string, EventListener][] = [
    ['dragover', over as EventListener],
    ['dragleave', leave as EventListener],
    ['drop', drop as EventListener],
    ['paste', paste as EventListener],
  ]
  for (const [name, listener] of events) window.addEventListener(name, listener)
  onScopeDispose(() => events.forEach(([name, listener]) => window.removeEventListener(name, listener)))
  return { dragging: readonly(dragging) }
}
