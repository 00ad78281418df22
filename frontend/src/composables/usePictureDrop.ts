import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Takes a picture dropped anywhere on the page or pasted from the clipboard. */
export function usePictureDrop(onPicture: (file: File) => void): { dragging: Readonly<Ref<boolean>> } {
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
    const file = event.dataTransfer?.files[0]
    if (!file) return
    event.preventDefault()
    onPicture(file)
  }

  function paste(event: ClipboardEvent): void {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith('image/'))
    if (file) onPicture(file)
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
