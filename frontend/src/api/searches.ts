/** Searching by a picture. XMLHttpRequest, since fetch reports no progress of an upload. */
import { apiLanguage } from './client'
import { csrfHeaders } from './csrf'
import { ApiError, errorFromAnswer, errorOfConnection } from './errors'
import { filterQuery, type Filters } from './filters'
import { framingQuery, type Framing } from './framing'
import type { Search } from './types'

const ADDRESS = '/api/v1/searches/'
const TIMEOUT_MS = 60_000

/** What is looked for: a picture of the visitor's or of a kept search, an image of the collection, an example, or a public address. */
export type SearchSubject =
  | { kind: 'picture'; file: Blob; name: string }
  | { kind: 'image'; imageId: number }
  | { kind: 'example'; slug: string }
  | { kind: 'url'; address: string }
  | { kind: 'kept'; id: string }

export interface SearchRequest {
  subject: SearchSubject
  filters: Filters
  /** How to look at the picture; as it is when left out. */
  framing?: Framing
  limit: number
  /** Whether the server is to keep the search and its photograph. */
  keep?: boolean
  /** Called with the share of the body that was sent, 0 to 1. */
  onSent?: (share: number) => void
  signal?: AbortSignal
}

export function postSearch(request: SearchRequest): Promise<Search> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', ADDRESS)
    xhr.responseType = 'json'
    const begun = performance.now()
    // Counted from the last sign of life: a slow network that still carries is no server that does not answer.
    const allowMore = (): void => void (xhr.timeout = performance.now() - begun + TIMEOUT_MS)
    const onSent = (share: number): void => (allowMore(), request.onSent?.(share))
    allowMore()
    xhr.setRequestHeader('Accept', 'application/json')
    xhr.setRequestHeader('Accept-Language', apiLanguage())
    for (const [name, value] of Object.entries(csrfHeaders('POST'))) xhr.setRequestHeader(name, value)
    xhr.upload.onprogress = (event) => onSent(event.total > 0 ? event.loaded / event.total : 0)
    xhr.upload.onload = () => onSent(1)
    xhr.onload = () => settle(xhr, resolve, reject)
    xhr.onerror = () => reject(errorOfConnection())
    xhr.ontimeout = () => reject(new ApiError('timeout', ''))
    xhr.onabort = () => reject(new DOMException('The search was cancelled.', 'AbortError'))
    request.signal?.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(searchForm(request))
  })
}

function settle(xhr: XMLHttpRequest, resolve: (answer: Search) => void, reject: (error: ApiError) => void): void {
  if (xhr.status === 200 && xhr.response !== null) resolve(xhr.response as Search)
  else reject(errorFromAnswer(xhr.status, xhr.response, xhr.getResponseHeader('Retry-After')))
}

/** The multipart body; a filter with several values is sent as several parts of one name. */
export function searchForm({ subject, filters, framing, limit, keep }: SearchRequest): FormData {
  const form = new FormData()
  if (subject.kind === 'picture') form.append('image', subject.file, subject.name)
  else if (subject.kind === 'image') form.append('image_id', String(subject.imageId))
  else if (subject.kind === 'example') form.append('example', subject.slug)
  else if (subject.kind === 'kept') form.append('kept', subject.id)
  else form.append('url', subject.address)
  form.append('limit', String(limit))
  if (keep) form.append('keep', 'true')
  const rest = { ...(framing && framingQuery(framing)), ...filterQuery(filters) }
  for (const [name, value] of Object.entries(rest)) {
    for (const one of [value].flat()) form.append(name, String(one))
  }
  return form
}
