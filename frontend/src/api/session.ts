/** Who is signed in, signing in and out. */
import { client, dataOf, doneOf, withTimeout } from './client'
import type { Me } from './staffTypes'

export type { May, Me, Role, User } from './staffTypes'

/** Who asks, and what they may; sets the cookie that signing in needs. */
export function getMe(signal?: AbortSignal): Promise<Me> {
  return dataOf(client.GET('/api/v1/me/', { signal: withTimeout(signal) }))
}

export interface Credentials {
  username: string
  password: string
}

export function postSession(credentials: Credentials): Promise<void> {
  return doneOf(client.POST('/api/v1/session/', { body: credentials, signal: withTimeout() }))
}

export function deleteSession(): Promise<void> {
  return doneOf(client.DELETE('/api/v1/session/', { signal: withTimeout() }))
}
