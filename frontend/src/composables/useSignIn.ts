import type { Ref } from 'vue'

import { useSessionStore } from '@/stores/session'

import { useAction } from './useAction'
import { useCountdown } from './useCountdown'

/** Signing in and out; after too many failures `waitFor` counts the seconds that the server makes everybody wait. */
export function useSignIn() {
  const session = useSessionStore()
  const { run, busy, error, clearError } = useAction(session.signIn)
  const leaving = useAction(session.signOut)
  const countdown = useCountdown(clearError)
  const waitFor: Readonly<Ref<number | null>> = countdown.remaining

  async function signIn(credentials: Parameters<typeof session.signIn>[0]): Promise<boolean> {
    const done = await run(credentials)
    const seconds = error.value?.retryAfter ?? null
    if (seconds !== null) countdown.start(seconds)
    return done
  }

  return { signIn, busy, error, waitFor, signOut: leaving.run, leaving: leaving.busy, leavingError: leaving.error }
}
