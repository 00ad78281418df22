import { http, HttpResponse } from 'msw'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { aCurator, anAdministrator, me } from '@/testing/people'
import { anAnswer } from '@/testing/samples'
import { server } from '@/testing/server'

import { useFacetLabelsStore } from './facetLabels'
import { useSearchesStore } from './searches'
import { useSessionStore } from './session'

let asked = 0
let known = me()

beforeEach(() => {
  setActivePinia(createPinia())
  asked = 0
  known = me()
  server.use(
    http.get('/api/v1/me/', () => {
      asked += 1
      return HttpResponse.json(known)
    }),
    http.post('/api/v1/session/', () => {
      known = aCurator()
      return HttpResponse.json(known)
    }),
    http.delete('/api/v1/session/', () => {
      known = me()
      return new HttpResponse(null, { status: 204 })
    }),
  )
})

afterEach(() => vi.unstubAllGlobals())

describe('the session', () => {
  it('is asked for once, whoever asks', async () => {
    const session = useSessionStore()
    await Promise.all([session.know(), session.know(), session.load()])
    await session.know()
    expect(asked).toBe(1)
  })

  it('gives a visitor no rights', async () => {
    const session = useSessionStore()
    expect(session.may('account')).toBe(false)
    await session.know()
    expect([session.may('account'), session.may('import'), session.curates('prints')]).toEqual([false, false, false])
  })

  it('gives curators their collections, and administrators all', async () => {
    const session = useSessionStore()
    known = aCurator()
    await session.load()
    expect([session.may('import'), session.may('administer'), session.curates('prints'), session.curates('maps')]).toEqual([true, false, true, false])
    known = anAdministrator()
    await session.load()
    expect(session.curates('maps')).toBe(true)
  })

  it('forgets what the last user saw', async () => {
    const session = useSessionStore()
    const [searches, labels] = [useSearchesStore(), useFacetLabelsStore()]
    await session.signIn({ username: 'clara', password: 'right' })
    expect(session.user?.username).toBe('clara')
    searches.keep('a', anAnswer())
    labels.name('person', '55', 'Niemand, Nemo')
    await session.signOut()
    expect([session.user, searches.find('a'), labels.find('person', '55')]).toEqual([null, null, null])
  })

  it('leaves nothing that another app has shared', async () => {
    const deleted = vi.fn(() => Promise.resolve(true))
    vi.stubGlobal('caches', { delete: deleted })
    const session = useSessionStore()
    await session.signIn({ username: 'clara', password: 'right' })
    expect(deleted).not.toHaveBeenCalled()
    await session.signOut()
    expect(deleted).toHaveBeenCalledExactlyOnceWith('shared-pictures')
  })
})
