import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'

/** Takes files that are dropped on an element; `over` while they are held above it. */
export function useFileDrop(target: Ref<HTMLElement | null>, onFiles: (files: File[]) => void): { over: Readonly<Ref<boolean>> } {
  const over = ref(false)

  const events: Record<string, (event: DragEvent) => void> = {
    dragover(event) {
      event.preventDefault()
      over.value = true
    },
    dragleave() {
      over.value = false
    },
    drop(event) {
      event.preventDefault()
      over.value = false
      onFiles([...(event.dataTransfer?.files ?? [])])
    },
  }

  function listen(element: HTMLElement | null, how: 'addEventListener' | 'removeEventListener'): void {
    for (const [name, listener] of Object.entries(events)) element?.[how](name, listener as EventListener)
  }

  watch(target, (now, before) => {
    listen(before ?? null, 'removeEventListener')
    listen(now, 'addEventListener')
  })
  onScopeDispose(() => listen(target.value, 'removeEventListener'))
  return { over: readonly(over) }
}
