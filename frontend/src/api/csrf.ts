/** Django's protection of sessions: a request that changes something repeats the cookie in a header. */
const SAFE = ['GET', 'HEAD', 'OPTIONS']

/** Empty for reading, and for a visitor to whom no cookie was given. */
export function csrfHeaders(method: string): Record<string, string> {
  const token = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1]
  return SAFE.includes(method.toUpperCase()) || token === undefined ? {} : { 'X-CSRFToken': decodeURIComponent(token) }
}
