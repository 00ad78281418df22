import { describe, expect, it } from 'vitest'

import { addressIn, addressInHtml, addressInList, addressTyped, placeOf, subjectAt } from './pictureAddress'

describe('an address in a text', () => {
  it.each([
    [' https://example.org/a b.jpg ', null],
    [' https://example.org/a.jpg\n', 'https://example.org/a.jpg'],
    ['HTTP://Example.org', 'http://example.org/'],
    ['https://', null],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['data:image/png;base64,AAAA', null],
    ['example.org/a.jpg', null],
    ['', null],
    [`https://example.org/${'a'.repeat(2000)}`, null],
  ])('%j is %j', (text, address) => {
    expect(addressIn(text)).toBe(address)
  })

  it.each([
    ['example.org/a.jpg', 'https://example.org/a.jpg'],
    ['www.example.org', 'https://www.example.org/'],
    ['http://example.org/a.jpg', 'http://example.org/a.jpg'],
    ['ftp://example.org/a.jpg', null],
    ['Vallotton', null],
    ['', null],
  ])('typed as %j is %j', (text, address) => {
    expect(addressTyped(text)).toBe(address)
  })

  it('is the picture of a piece of a page, and the first of a list', () => {
    expect(addressInHtml('<a href="https://example.org/page"><img src="https://example.org/a.jpg"></a>')).toBe('https://example.org/a.jpg')
    expect(addressInHtml('<p>no picture</p>')).toBeNull()
    expect(addressInList('# a comment\r\nhttps://example.org/a.jpg\r\nhttps://example.org/b.jpg')).toBe('https://example.org/a.jpg')
    expect(addressInList('')).toBeNull()
  })

  it('is a number where it is a picture of this collection', () => {
    expect(subjectAt(`${location.origin}/media/images/17/display/`)).toEqual({ kind: 'image', id: 17 })
    expect(subjectAt('https://example.org/media/images/17/display/')).toMatchObject({ kind: 'url' })
    expect(subjectAt(`${location.origin}/about`)).toMatchObject({ kind: 'url' })
  })

  it.each([
    ['https://example.org:81/iiif/Gr%C3%BCn.jpg?size=1', { host: 'example.org:81', file: 'Grün.jpg' }],
    ['https://example.org/', { host: 'example.org', file: '' }],
    ['https://example.org/%E0%A4%A', { host: 'example.org', file: '%E0%A4%A' }],
    ['nonsense', { host: 'nonsense', file: '' }],
  ])('is named by its place: %s', (address, place) => {
    expect(placeOf(address)).toEqual(place)
  })
})
