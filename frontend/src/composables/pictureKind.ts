/** What a file is, by its first bytes: a name and a type that a telephone gives may be wrong or missing. */

/** The formats under the names of `/info/`, and what people take for a picture that is none. */
export type FileKind = 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'BMP' | 'TIFF' | 'HEIC' | 'AVIF' | 'video' | 'pdf'

/** So many bytes tell. */
export const HEAD = 64

const SIGNATURES: readonly [FileKind, RegExp | string][] = [
  ['JPEG', /^\xff\xd8\xff/],
  ['PNG', /^\x89PNG/],
  ['GIF', /^GIF8/],
  ['WebP', /^RIFF.{4}WEBP/s],
  ['BMP', /^BM/],
  ['TIFF', /^(?:II[*+]\0|MM\0[*+])/],
  ['pdf', /^%PDF/],
  // ISO base media: the brands after "ftyp" tell a still from a film; mif1 may hold either kind of still.
  ['AVIF', /^.{4}ftyp(?:avi[fs]|mif1.*avif)/s],
  ['HEIC', /^.{4}ftyp(?:he[iv][a-z]|mif1|msf1)/s],
  ['video', /^.{4}(?:ftyp|moov|mdat|wide)|^RIFF.{4}AVI |^OggS|^FLV/s],
  // Matroska and WebM; MPEG.
  ['video', '\x1aE\xdf\xa3'],
  ['video', '\0\0\x01'],
]

/** Null when it is none of these. */
export function kindOfBytes(bytes: Uint8Array): FileKind | null {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD))
  return SIGNATURES.find(([, signature]) => (typeof signature === 'string' ? head.startsWith(signature) : signature.test(head)))?.[0] ?? null
}
