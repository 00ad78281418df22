/** Sending files that take their time. XMLHttpRequest, since fetch reports no progress of what it sends. */
import { apiLanguage } from './client'
import { csrfHeaders } from './csrf'
import { ApiError, errorFromAnswer, errorOfConnection } from './errors'

export interface Sending {
  /** Called with the share of the body that was sent, 0 to 1. */
  onSent?: (share: number) => void
  signal?: AbortSignal
}

export interface Upload extends Sending {
  method?: 'POST' | 'PUT'
  address: string
  form: FormData
}

/** The answer's JSON. Without a time limit: a ZIP of scans may be on its way for an hour. */
export function upload<T>({ method = 'POST', address, form, onSent, signal }: Upload): Promise<T> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open(method, address)
    xhr.responseType = 'json'
    const headers = { Accept: 'application/json', 'Accept-Language': apiLanguage(), ...csrfHeaders(method) }
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    xhr.upload.onprogress = (event) => onSent?.(event.total > 0 ? event.loaded / event.total : 0)
    xhr.upload.onload = () => onSent?.(1)
    xhr.onload = () => settle(xhr, resolve, reject)
    xhr.onerror = () => reject(errorOfConnection())
    xhr.ontimeout = () => reject(new ApiError('timeout', ''))
    xhr.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'))
    signal?.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(form)
  })
}

function settle<T>(xhr: XMLHttpRequest, resolve: (answer: T) => void, reject: (error: ApiError) => void): void {
  const succeeded = xhr.status >= 200 && xhr.status < 300
  if (succeeded && xhr.response !== null) resolve(xhr.response as T)
  else reject(errorFromAnswer(xhr.status, xhr.response, xhr.getResponseHeader('Retry-After')))
}
