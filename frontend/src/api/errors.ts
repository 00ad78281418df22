/** What went wrong on the way to an answer, in the shape the page shows. */

/** The one error body of the API. */
export interface ErrorBody {
  error: { code: string; message: string; fields?: Record<string, string[]>; said?: Said }
}

/** The name and the values of a sentence, by which the page finds it in other languages. */
export interface Said {
  key?: string
  params?: Record<string, string | number>
}

/**
 * A request that brought no answer: refused or failed by the server (`status` > 0, with the server's own
 * sentence in `message`) or never delivered (`status` 0, codes `offline`, `unreachable`, `timeout`).
 */
export class ApiError extends Error {
  override name = 'ApiError'

  constructor(
    readonly code: string,
    message: string,
    readonly status = 0,
    /** Seconds after which the server asks to be tried again; null when it does not. */
    readonly retryAfter: number | null = null,
    /** The server's sentences for each field of a form that it refused. */
    readonly fields: Record<string, string[]> = {},
    readonly said: Said = {},
  ) {
    super(message)
  }
}

// By name: an error of another realm (a frame, a worker) is no instance of our DOMException.
export function isAbort(error: unknown): boolean {
  return nameOf(error) === 'AbortError'
}

export function isTimeout(error: unknown): boolean {
  return nameOf(error) === 'TimeoutError'
}

function nameOf(error: unknown): unknown {
  return (error as { name?: unknown } | null)?.name
}

/** `Retry-After` in seconds (RFC 9110 allows seconds or a date); null without a usable one. */
export function retryAfterSeconds(header: string | null, now = Date.now()): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds))
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000))
}

/** The error of an HTTP answer; a proxy in between may send something that is not our body. */
export function errorFromAnswer(status: number, body: unknown, retryAfter: string | null): ApiError {
  const seconds = retryAfterSeconds(retryAfter)
  if (isErrorBody(body)) {
    const { code, message, fields, said } = body.error
    return new ApiError(code, message, status, seconds, fields ?? {}, said ?? {})
  }
  return new ApiError(`http_${status}`, '', status, seconds)
}

/** The error of a request that got no answer at all. */
export function errorOfConnection(): ApiError {
  return new ApiError(navigator.onLine ? 'unreachable' : 'offline', '')
}

function isErrorBody(body: unknown): body is ErrorBody {
  const error = (body as ErrorBody | null)?.error
  return typeof error?.code === 'string' && typeof error.message === 'string'
}
