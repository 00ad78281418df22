import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'

import type { Me } from '@/api/session'
import { useSessionStore } from '@/stores/session'
import { withSetup } from '@/testing/mountAt'
import { aCurator, me } from '@/testing/people'
import { aKept, anAnswer } from '@/testing/samples'
import { server } from '@/testing/server'
import { signedIn } from '@/testing/signedIn'

import { useKeeping } from './useKeeping'

beforeEach(() => {
  localStorage.clear()
  server.use(http.post('/api/v1/searches/', () => HttpResponse.json(anAnswer([], { id: 'abc', kept: aKept() }))))
})

async function keptBy(who: Me) {
  signedIn(who)
  const { result } = await withSetup(() => useKeeping(() => ({ kind: 'image', id: 17 }), ref('the search')), '/?image=17')
  await useSessionStore().load()
  await result.keep.run()
  return result
}

describe('a search that was kept', () => {
  it('by a visitor is deleted by the key of this device', async () => {
    const { mayDelete } = await keptBy(me())
    expect([mayDelete.value, localStorage.getItem('recto.kept')]).toEqual([true, expect.stringContaining('secret')])
  })

  it('by somebody who had signed in is theirs: neither its link nor its key is left to the next one', async () => {
    const { kept, link, mayDelete } = await keptBy(aCurator())
    expect([link.value, mayDelete.value, localStorage.getItem('recto.kept') ?? '']).toEqual([expect.stringContaining('abc'), true, ''])
    await useSessionStore().signOut()
    expect([kept.value, link.value, mayDelete.value]).toEqual([null, '', false])
  })
})
