/** The one HTTP client of the page: typed by the OpenAPI schema, same origin only, errors as `ApiError`. */
import createClient from 'openapi-fetch'

import { csrfHeaders } from './csrf'
import { ApiError, errorFromAnswer, errorOfConnection, isAbort, isTimeout } from './errors'
import type { paths } from './schema'

const TIMEOUT_MS = 30_000

let language = 'en'

/** The language the server is asked to write its sentences in. */
export function setApiLanguage(value: string): void {
  language = value
}

export function apiLanguage(): string {
  return language
}

export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin,
  credentials: 'same-origin',
  // Read at the time of the call, so that a test can fake the network after this module was loaded.
  fetch: (request) => globalThis.fetch(request),
  // `technique=etching&technique=engraving`: filters are repeated, as DESIGN's API asks.
  querySerializer: { array: { style: 'form', explode: true } },
})

client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', language)
    for (const [name, value] of Object.entries(csrfHeaders(request.method))) request.headers.set(name, value)
    return request
  },
})

/** Ends with the caller's signal or when the server takes too long. */
export function withTimeout(signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of an answer, or an `ApiError`; an abort by the caller stays an AbortError. */
export async function dataOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch(rethrow)
  if (data !== undefined && response.ok) return data
  throw errorFromAnswer(response.status, error, response.headers.get('Retry-After'))
}

/** An answer without a body (204), or an `ApiError`. */
export async function doneOf(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await call.catch(rethrow)
  if (!response.ok) throw errorFromAnswer(response.status, error, response.headers.get('Retry-After'))
}

function rethrow(error: unknown): never {
  if (isAbort(error)) throw error
  if (isTimeout(error)) throw new ApiError('timeout', '')
  throw errorOfConnection()
}
