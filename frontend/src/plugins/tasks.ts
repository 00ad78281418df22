/** Work in pieces: between two of them the browser paints and answers the visitor. */

/** The next task; what has been asked of the browser meanwhile comes first. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

/** Calls it once the page is loaded and nothing else is to be done; at the latest some seconds after that. */
export function whenQuiet(act: () => void, latest = 5000): void {
  const wait = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: latest })
    else setTimeout(act, 500)
  }
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true })
}
