import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'

import { deleteSession, getMe, postSession, type Credentials, type May, type Me } from '@/api/session'
import { forgetShared } from '@/api/shared'

import { useFacetLabelsStore } from './facetLabels'
import { useKeptStore } from './kept'
import { usePicturesStore } from './pictures'
import { useRecentStore } from './recent'
import { useSearchesStore } from './searches'
import { useServerStore } from './server'
import { useWallsStore } from './walls'

/** What a page may ask for: to be signed in, or one of the rights of `/me/`. */
export type Need = 'account' | keyof May

/** Who is signed in and what they may. Unknown (`me` is null) until it was asked for. */
export const useSessionStore = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const user = computed(() => me.value?.user ?? null)
  const collections = computed(() => me.value?.collections ?? [])
  let asking: Promise<Me> | null = null
  // Also where the session ended by itself.
  watch(me, (now) => now?.user === null && useRecentStore().forgetClosed())

  /** Asks the server; calls at the same time share one request. */
  function load(): Promise<Me> {
    asking ??= getMe()
      .then((answer) => (me.value = answer))
      .finally(() => (asking = null))
    return asking
  }

  /** What is known, or the answer of the server. */
  const know = async (): Promise<Me> => me.value ?? load()

  async function signIn(credentials: Credentials): Promise<void> {
    await know()
    await postSession(credentials)
    await startAnew()
  }

  async function signOut(): Promise<void> {
    await deleteSession()
    await forgetPictures()
    await startAnew()
  }

  async function startAnew(): Promise<void> {
    forgetSeen()
    // An answer that is still on its way is about the last user.
    await asking?.catch(() => undefined)
    await load()
  }

  function may(need: Need): boolean {
    if (user.value === null) return false
    return need === 'account' || me.value?.may[need] === true
  }

  /** Whether the user may change this collection. */
  function curates(slug: string): boolean {
    return may('administer') || collections.value.some((one) => one.slug === slug && one.role === 'curator')
  }

  return { me, user, collections, load, know, signIn, signOut, may, curates }
})

/** What the last user saw is not for the next one. */
function forgetSeen(): void {
  useSearchesStore().forget()
  useWallsStore().forget()
  useServerStore().forget()
  useFacetLabelsStore().forget()
  useKeptStore().forgetKnown()
}

/** The next one at this device is not to see them. */
async function forgetPictures(): Promise<void> {
  await Promise.all([usePicturesStore().forget(), forgetShared()])
  // Only who has signed in needs this code.
  const { useQueueStore } = await import('./queue')
  await useQueueStore().forget()
}
