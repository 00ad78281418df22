import { describe, expect, it, vi } from 'vitest'

import { errorFromAnswer, errorOfConnection, isAbort, retryAfterSeconds } from './errors'

describe('retryAfterSeconds', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0)

  it.each([
    ['5', 5],
    ['0', 0],
    ['1.2', 2],
    ['-3', 0],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%s is %s seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds)
  })
})

describe('errorFromAnswer', () => {
  it('keeps the code and the sentence of the server', () => {
    const body = { error: { code: 'image_too_large', message: 'The picture has 60 MB; at most 30 MB are read.', fields: {} } }
    const error = errorFromAnswer(413, body, null)
    expect(error).toMatchObject({ code: 'image_too_large', status: 413, message: body.error.message, retryAfter: null })
  })

  it.each([['a page of a proxy'], [null], [undefined], [{ error: 'text' }], [{ detail: 'no' }]])(
    'has no sentence when the body is %j',
    (body) => {
      expect(errorFromAnswer(502, body, '10')).toMatchObject({ code: 'http_502', message: '', retryAfter: 10 })
    },
  )
})

describe('errorOfConnection', () => {
  it('tells no network from a server that is away', () => {
    const online = vi.spyOn(navigator, 'onLine', 'get')
    online.mockReturnValue(false)
    expect(errorOfConnection().code).toBe('offline')
    online.mockReturnValue(true)
    expect(errorOfConnection().code).toBe('unreachable')
  })
})

describe('isAbort', () => {
  it('knows an abort from any other error', () => {
    expect(isAbort(new DOMException('gone', 'AbortError'))).toBe(true)
    expect(isAbort(new DOMException('late', 'TimeoutError'))).toBe(false)
    expect(isAbort(new Error('AbortError'))).toBe(false)
  })
})
