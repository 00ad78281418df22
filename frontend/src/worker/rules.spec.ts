import { describe, expect, it } from 'vitest'

import { isAddressOfPage, isKept } from './rules'

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
})
