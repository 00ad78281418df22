/** The service worker: an app that opens without a network, and hears of new versions. Not while developing. */
const HOUR = 3_600_000

/**
 * Starts it, and calls back once another version than this page's is there. Nothing is reloaded: the visitor may be in
 * the middle of a search. `entry` is the address of this page's own script.
 */
export async function keepShell(entry: string, onNewVersion: () => void): Promise<void> {
  // In a frame of another site there is nothing to install; without https there are no service workers.
  if (!import.meta.env.PROD || window.top !== window || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<{ entry?: string }>) => {
    if (event.data.entry && event.data.entry !== new URL(entry).pathname) onNewVersion()
  })
  const registration = await navigator.serviceWorker.register('/sw.js')
  let asked = Date.now()
  // Browsers look for a new one when a page is loaded; an installed app may stay open for days.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < HOUR) return
    asked = Date.now()
    registration.update().catch(() => undefined)
  })
}
