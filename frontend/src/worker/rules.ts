/** What the service worker answers itself. Everything that is not named here goes to the network, untouched. */

/** Addresses that the server does not answer with the page, and the search box for other sites, whose headers differ. */
const NOT_THE_PAGE = /^\/(api|media|static|assets|admin|health|metrics|iiif|embed)(\/|$)/

/** Whether the page of Recto is at this address; without a network the kept one takes its place. */
export function isAddressOfPage(path: string): boolean {
  return !NOT_THE_PAGE.test(path) && !path.slice(path.lastIndexOf('/')).includes('.')
}

/** The store of what was shared and not yet taken. Who signs out empties it: api/shared.ts. */
export const SHARED = 'shared-pictures'
/** So long the page may take to ask for it, on a slow telephone, with a new version of itself on the way. */
export const SHARED_MS = 60 * 60_000

/** Whether a share that came at this moment, in milliseconds, was never taken. */
export function isLeftBehind(at: number, now: number): boolean {
  return !(now - at < SHARED_MS)
}

/** Where other apps on the device send the pictures that are shared with this one; the manifest names it, too. */
export const SHARE = '/share'

export function isShare(method: string, path: string): boolean {
  return method === 'POST' && path === SHARE
}

/** Whether the page asks for what was shared with it. */
export function isSharedForm(method: string, path: string): boolean {
  return method === 'GET' && /^\/share\/[\w-]+$/.test(path)
}

/** Whether this file may be kept: of the build, with a hash of its content in its name. Never what the API or a picture is. */
export function isKept(path: string): boolean {
  return /^\/assets\/[^/]+$/.test(path)
}
