import { beforeEach, describe, expect, it } from 'vitest'
import { ref, shallowRef } from 'vue'

import type { Me } from '@/api/session'
import type { Search } from '@/api/types'
import { useRecentStore } from '@/stores/recent'
import { useSessionStore } from '@/stores/session'
import { eventually } from '@/testing/eventually'
import { withSetup } from '@/testing/mountAt'
import { aCurator, me } from '@/testing/people'
import { anAnswer, aResult } from '@/testing/samples'
import { signedIn } from '@/testing/signedIn'

import { useRemembering } from './useRemembering'

beforeEach(() => localStorage.clear())

async function searchFor(who: Me) {
  signedIn(who)
  const answer = shallowRef<Search | null>(null)
  await withSetup(() => useRemembering({ subject: { kind: 'image', id: 17 }, answer, status: ref('done'), pictureUrl: ref(null) }), '/?image=17')
  await useSessionStore().load()
  answer.value = anAnswer([aResult()], { verdict: 'same_image' })
  return useRecentStore()
}

describe('what was searched for', () => {
  it('by a visitor is remembered on this device', async () => {
    const recent = await searchFor(me())
    await eventually(() => expect(recent.searches.map(({ subject, title }) => [subject, title])).toEqual([['image=17', 'La Paresse']]))
  })

  it('by somebody who had signed in goes when they sign out: a hidden record may be in any collection', async () => {
    const recent = await searchFor(aCurator())
    await eventually(() => expect(recent.searches).toHaveLength(1))
    await useSessionStore().signOut()
    expect(recent.searches).toEqual([])
    expect(localStorage.getItem('recto.recent')).not.toContain('La Paresse')
  })

  it('is not remembered after somebody has signed out', async () => {
    const recent = await searchFor(aCurator())
    await useSessionStore().signOut()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(recent.searches).toEqual([])
  })
})
