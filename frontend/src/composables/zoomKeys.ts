export interface ZoomCommands {
  zoomIn: () => void
  zoomOut: () => void
  fit: () => void
}

/** The keys of a picture that is zoomed; those with Ctrl and the like are the browser's own. */
export function zoomKeys({ zoomIn, zoomOut, fit }: ZoomCommands, others: Record<string, () => void> = {}): (event: KeyboardEvent) => void {
  const keys: Record<string, () => void> = { '+': zoomIn, '=': zoomIn, '-': zoomOut, '0': fit, ...others }
  return (event) => {
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }
}
