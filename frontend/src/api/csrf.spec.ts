import { afterEach, describe, expect, it } from 'vitest'

import { csrfHeaders } from './csrf'

function forget(): void {
  document.cookie = 'csrftoken=; expires=Thu, 01 Jan 1970 00:00:00 GMT'
}

afterEach(forget)

describe('the header against forged requests', () => {
  it('repeats the cookie in requests that change something', () => {
    document.cookie = 'other=1'
    document.cookie = 'csrftoken=a%2Bb'
    expect(csrfHeaders('POST')).toEqual({ 'X-CSRFToken': 'a+b' })
    expect(csrfHeaders('delete')).toEqual({ 'X-CSRFToken': 'a+b' })
    expect(csrfHeaders('GET')).toEqual({})
  })

  it('is left out without a cookie', () => {
    forget()
    expect(csrfHeaders('POST')).toEqual({})
  })
})
