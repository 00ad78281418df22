import { describe, expect, it, vi } from 'vitest'

import { refusalOf } from './refusalOf'

const file = (head: string): Blob => new Blob([Uint8Array.from(head, (letter) => letter.charCodeAt(0))])

describe('refusalOf', () => {
  it.each([
    ['', 'empty'],
    ['\0\0\0\x18ftypmp42', 'video'],
    ['%PDF-1.7', 'pdf'],
    ['no picture at all', 'unknown'],
    ['\xff\xd8\xff', null],
    ['\0\0\0\x18ftypheic', null],
  ])('%j is %s', async (head, reason) => {
    expect(await refusalOf(file(head))).toBe(reason)
  })

  it('takes what this browser can decode, whatever it is', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }))
    expect(await refusalOf(file('a format of tomorrow'))).toBeNull()
  })

  it('says that a file cannot be read any more', async () => {
    const gone = file('x')
    vi.spyOn(gone, 'slice').mockReturnValue({ arrayBuffer: () => Promise.reject(new DOMException('Gone', 'NotReadableError')) } as never)
    expect(await refusalOf(gone)).toBe('unreadable')
  })
})
