/** Pictures that another app on the device shares with the installed page: worker/shared.ts answers. */

/** The worker's store, named once more: what it imported together with the page would be a file of its own in the build. */
const SHARED = 'shared-pictures'

/** What was shared; empty where it is no longer there. The names are those of the manifest's `share_target`. */
export async function takeShared(id: string): Promise<File[]> {
  try {
    const response = await fetch(`/share/${encodeURIComponent(id)}`)
    // Without the worker the server's page is at this address.
    if (!response.ok || !response.headers.get('Content-Type')?.startsWith('multipart/form-data')) return []
    const form = await response.formData()
    return form.getAll('pictures').filter((one) => one instanceof File)
  } catch {
    return []
  }
}

/** What waits for the page is not for the next one at this device. */
export async function forgetShared(): Promise<void> {
  // Without a secure connection the browser has no such store.
  if ('caches' in window) await caches.delete(SHARED).catch(() => undefined)
}
