/** What each spec starts from: a fake network, the browser's parts that jsdom lacks, and warnings as failures. */
import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'

import { server } from './server'

class NoObserver {
  observe(): void {
    return
  }
  unobserve(): void {
    return
  }
  disconnect(): void {
    return
  }
}

function stubBrowser(): void {
  vi.stubGlobal('ResizeObserver', NoObserver)
  vi.stubGlobal('IntersectionObserver', NoObserver)
  vi.stubGlobal('visualViewport', new EventTarget())
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('No decoder here', 'InvalidStateError')))
}

Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (media: string) => Object.assign(new EventTarget(), { media, matches: false }),
})
window.scrollTo = () => undefined
let urls = 0
URL.createObjectURL = () => `blob:recto/${++urls}`
URL.revokeObjectURL = () => undefined

let complaints: unknown[][] = []

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
  complaints = []
  stubBrowser()
  localStorage.clear()
  vi.spyOn(console, 'warn').mockImplementation((...words) => void complaints.push(words))
  vi.spyOn(console, 'error').mockImplementation((...words) => void complaints.push(words))
})
afterEach(() => {
  server.resetHandlers()
  vi.useRealTimers()
  expect(complaints, 'warnings and errors on the console').toEqual([])
})
afterAll(() => server.close())
// The specs of one worker share their modules, so the last one's is taken back first.
disableAutoUnmount()
enableAutoUnmount(afterEach)
