/** Addresses of pictures, as they are typed, pasted and dropped. Nothing of them is asked for here. */
import type { Subject } from './useSubject'

/** The server takes no longer ones. */
const LONGEST = 2000

/** The public address in a text; null when it is none. */
export function addressIn(text: string): string | null {
  const word = text.trim()
  if (word.length > LONGEST || /\s/.test(word) || !/^https?:\/\//i.test(word) || !URL.canParse(word)) return null
  return new URL(word).href
}

/** As people type it: "example.org/a.jpg" is an address, too. */
export function addressTyped(text: string): string | null {
  const word = text.trim()
  return addressIn(/^[a-z][a-z0-9+.-]*:/i.test(word) || !/^[^\s/]+\.[^\s/]+/.test(word) ? word : `https://${word}`)
}

/** The first picture in a piece of another page, which is read and never shown. */
export function addressInHtml(html: string): string | null {
  const source = new DOMParser().parseFromString(html, 'text/html').querySelector('img')?.getAttribute('src')
  return source ? addressIn(source) : null
}

/** The first address of a `text/uri-list` (RFC 2483), whose comments begin with "#". */
export function addressInList(list: string): string | null {
  const line = list.split(/\r?\n/).find((one) => one !== '' && !one.startsWith('#'))
  return line === undefined ? null : addressIn(line)
}

/** What this very collection shows at an address is looked for by its number, not fetched from itself. */
export function subjectAt(address: string): Subject {
  const { origin, pathname } = new URL(address)
  const image = origin === location.origin && /^\/media\/images\/(\d{1,15})\//.exec(pathname)?.[1]
  return image ? { kind: 'image', id: Number(image) } : { kind: 'url', address }
}

/** Host and file of an address, to name it by. */
export function placeOf(address: string): { host: string; file: string } {
  if (!URL.canParse(address)) return { host: address, file: '' }
  const { host, pathname } = new URL(address)
  const file = pathname.split('/').filter((part) => part !== '').pop() ?? ''
  return { host, file: unescaped(file) }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
