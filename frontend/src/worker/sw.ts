/**
 * The service worker: opens Recto without a network, and receives what other apps share with it. It keeps the page's own
 * files: no answer of the API, nothing of a collection ever gets into its store, so nothing can stay there after signing
 * out. Only pictures that are shared wait in a store of their own, until the page takes them: shared.ts.
 */
import { isAddressOfPage, isKept, isShare, isSharedForm } from './rules'
import { giveShared, keepShared, tidyShared } from './shared'

declare const self: ServiceWorkerGlobalScope
/** Written by the build: build/plugins.ts. */
declare const __RECTO_SHELL__: { version: string; entry: string; files: string[] }

const PREFIX = 'recto-'
const shell = __RECTO_SHELL__
const name = PREFIX + shell.version

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver())
})

self.addEventListener('fetch', (event) => {
  const { method, mode, url: address } = event.request
  const url = new URL(address)
  if (url.origin !== self.location.origin) return
  if (isShare(method, url.pathname)) event.respondWith(keepShared(event.request))
  if (method !== 'GET') return
  if (mode === 'navigate') {
    event.waitUntil(tidyShared())
    if (isAddressOfPage(url.pathname)) event.respondWith(pageFromNetworkFirst(event.request))
  } else if (isSharedForm(method, url.pathname)) {
    event.respondWith(giveShared(url.pathname))
  } else if (isKept(url.pathname)) {
    event.respondWith(fileFromStoreFirst(event.request))
  }
})

async function keepShell(): Promise<void> {
  const store = await caches.open(name)
  // Past the browser's own cache: the page must be the one that names these files.
  await store.addAll(['/', ...shell.files].map((path) => new Request(path, { cache: path === '/' ? 'reload' : 'default' })))
}

/** Pages that are open go on with the files they began with: those of one version before stay. */
async function takeOver(): Promise<void> {
  const names = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== name)
  await Promise.all(names.slice(0, -1).map((one) => caches.delete(one)))
  await tidyShared()
  await self.clients.claim()
  for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage({ entry: shell.entry })
}

async function pageFromNetworkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await (await caches.open(name)).match('/', { ignoreVary: true })
    if (kept) return kept
    throw error
  }
}

async function fileFromStoreFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) {
    const copy = response.clone()
    // A device that is full keeps nothing, and shows the page all the same.
    await caches.open(name).then((store) => store.put(request, copy)).catch(() => undefined)
  }
  return response
}
