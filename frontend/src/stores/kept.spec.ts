import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import { aKept } from '@/testing/samples'

import { useKeptStore } from './kept'

describe('the kept searches', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('are deleted by the key of this device, after a reload, too', () => {
    useKeptStore().keepAs('the search', aKept())
    setActivePinia(createPinia())
    const kept = useKeptStore()
    // Told again by the link, it comes without its key.
    kept.learn(aKept({ delete_key: null, may_delete: false }))
    expect(kept.keyOf('abc')).toBe('secret')
  })

  it('are known by the search until they are deleted', () => {
    const kept = useKeptStore()
    kept.keepAs('the search', aKept())
    expect(kept.bySearch.get('the search')).toBe('abc')
    kept.forget('abc')
    expect([kept.bySearch.size, kept.known.size, kept.keyOf('abc')]).toEqual([0, 0, null])
  })

  it('leave no key behind when their time is over', () => {
    const kept = useKeptStore()
    kept.learn(aKept({ id: 'old', expires_at: '2020-01-01T00:00:00Z' }))
    kept.learn(aKept())
    expect(Object.keys(JSON.parse(localStorage.getItem('recto.kept') ?? '{}') as object)).toEqual(['abc'])
  })
})
