import { describe, expect, it } from 'vitest'

import { kindOfBytes } from './pictureKind'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('kindOfBytes', () => {
  it.each([
    ['\xff\xd8\xff\xe1 Exif', 'JPEG'],
    ['\x89PNG\r\n\x1a\n', 'PNG'],
    ['GIF89a', 'GIF'],
    ['RIFF\x10\n\0\0WEBPVP8 ', 'WebP'],
    ['BM6\0', 'BMP'],
    ['II*\0', 'TIFF'],
    ['MM\0*', 'TIFF'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'HEIC'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'HEIC'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'AVIF'],
    ['\0\0\0\x1cftypavif\0\0\0\0avifmif1', 'AVIF'],
    ['\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'video'],
    ['\0\0\0\x14ftypqt  ', 'video'],
    ['RIFF\n\0\0\0AVI LIST', 'video'],
    ['\x1aE\xdf\xa3\x01', 'video'],
    ['\0\0\x01\xba', 'video'],
    ['%PDF-1.7', 'pdf'],
    ['no picture at all', null],
    ['', null],
  ])('%j is %s', (head, kind) => {
    expect(kindOfBytes(bytes(head))).toBe(kind)
  })
})
