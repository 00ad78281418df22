import { describe, expect, it } from 'vitest'

import { isAddressOfPage, isKept, isLeftBehind, isShare, isSharedForm, SHARED_MS } from './rules'

describe('the service worker', () => {
  it.each(['/assets/index-1a2b.js', '/assets/eb-garamond-latin.woff2'])('keeps %s', (path) => {
    expect(isKept(path)).toBe(true)
  })

  it.each([
    '/',
    '/api/v1/prints/12/',
    '/api/v1/searches/',
    '/media/images/17/display/',
    '/media/institution',
    '/iiif/image/3/17/full/max/0/default.jpg',
    '/assets/../api/v1/me/',
    '/admin/assets/a.js',
    '/health/ready',
  ])('never keeps %s', (path) => {
    expect(isKept(path)).toBe(false)
  })

  it.each(['/', '/prints', '/prints/12', '/about', '/apiary', '/embedded'])('opens %s without a network', (path) => {
    expect(isAddressOfPage(path)).toBe(true)
  })

  it.each(['/api/docs/', '/admin/', '/media/institution', '/embed', '/embed/', '/metrics', '/manifest.webmanifest', '/sw.js'])(
    'leaves %s to the network',
    (path) => {
      expect(isAddressOfPage(path)).toBe(false)
    },
  )

  it('takes what other apps share, and nothing else that is posted', () => {
    expect(isShare('POST', '/share')).toBe(true)
    for (const path of ['/', '/api/v1/searches/', '/share/1', '/shared']) expect(isShare('POST', path)).toBe(false)
    expect(isShare('GET', '/share')).toBe(false)
  })

  it('gives the page what was shared, and never keeps it with its own files', () => {
    const path = '/share/0b5b6d5e-1c9a-4a4e-8f43-6a2b8f1f0c11'
    expect([isSharedForm('GET', path), isKept(path)]).toEqual([true, false])
    expect([isSharedForm('POST', path), isSharedForm('GET', '/share'), isSharedForm('GET', '/share/a/b')]).toEqual([false, false, false])
  })

  it('leaves a slow page an hour to ask for what was shared', () => {
    const now = Date.now()
    expect([isLeftBehind(now, now), isLeftBehind(now - SHARED_MS + 1, now), isLeftBehind(now - SHARED_MS, now)]).toEqual([false, false, true])
    // Of an earlier version, which did not say when.
    expect(isLeftBehind(NaN, now)).toBe(true)
  })
})
