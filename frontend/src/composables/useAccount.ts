/** One's own password and tokens, from a component. */
import { shallowRef } from 'vue'

import { deleteToken, getTokens, postPassword, postToken, type TokenWish } from '@/api/account'
import type { NewToken } from '@/api/staffTypes'

import { useAction } from './useAction'
import { useResource } from './useResource'

export function usePasswordChange() {
  return useAction(postPassword)
}

const DAY_MS = 86_400_000

export function useTokens() {
  const tokens = useResource(getTokens, { source: () => 'once' })
  /** The one that was just made: its text is known this once. */
  const made = shallowRef<NewToken | null>(null)

  /** `days` until it expires, 0 for never. */
  const making = useAction(async (name: string, days: number) => {
    const wish: TokenWish = { name, expires_at: days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString() }
    made.value = await postToken(wish)
    await tokens.reload()
  })

  const deleting = useAction(async (id: number) => {
    await deleteToken(id)
    if (made.value?.id === id) made.value = null
    await tokens.reload()
  })

  return { tokens, made, making, deleting }
}
