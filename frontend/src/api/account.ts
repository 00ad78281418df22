/** One's own password and tokens. */
import { client, dataOf, doneOf, withTimeout } from './client'
import type { NewToken, Token } from './staffTypes'

export interface PasswordChange {
  old_password: string
  new_password: string
}

export function postPassword(change: PasswordChange): Promise<void> {
  return doneOf(client.POST('/api/v1/me/password/', { body: change, signal: withTimeout() }))
}

export function getTokens(signal?: AbortSignal): Promise<Token[]> {
  return dataOf(client.GET('/api/v1/me/tokens/', { signal: withTimeout(signal) }))
}

export interface TokenWish {
  name: string
  expires_at: string | null
}

export function postToken(wish: TokenWish): Promise<NewToken> {
  return dataOf(client.POST('/api/v1/me/tokens/', { body: wish, signal: withTimeout() }))
}

export function deleteToken(id: number): Promise<void> {
  return doneOf(client.DELETE('/api/v1/me/tokens/{token_id}/', { params: { path: { token_id: id } }, signal: withTimeout() }))
}
