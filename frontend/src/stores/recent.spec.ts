import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { MOST, useRecentStore, type Recent } from './recent'

function aSearch(subject: string, part: Partial<Recent> = {}): Recent {
  return { subject, query: { image: '17' }, thumbnail: 'data:,', verdict: 'same_image', title: 'La Paresse', print: 12, at: 1, closed: false, ...part }
}

const subjects = (store: ReturnType<typeof useRecentStore>): string[] => store.searches.map(({ subject }) => subject)

/** The store as after a reload. */
function anew(): ReturnType<typeof useRecentStore> {
  setActivePinia(createPinia())
  return useRecentStore()
}

describe('the recent searches', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('outlive a reload, the newest first, each subject once', () => {
    const recent = useRecentStore()
    for (const subject of ['image=1', 'image=2', 'image=1']) recent.remember(aSearch(subject))
    expect(subjects(anew())).toEqual(['image=1', 'image=2'])
  })

  it('are so many and no more', () => {
    const recent = useRecentStore()
    for (let id = 1; id <= MOST + 2; id++) recent.remember(aSearch(`image=${id}`))
    expect(recent.searches).toHaveLength(MOST)
    expect(subjects(recent)[0]).toBe(`image=${MOST + 2}`)
  })

  it('are removed one by one and all, and brought back in their order', () => {
    const recent = useRecentStore()
    recent.remember(aSearch('image=1', { at: 1 }))
    recent.remember(aSearch('image=2', { at: 2 }))
    const before = recent.searches
    recent.forget('image=2')
    expect(subjects(recent)).toEqual(['image=1'])
    recent.forgetAll()
    expect(subjects(recent)).toEqual([])
    recent.putBack(before)
    expect(subjects(anew())).toEqual(['image=2', 'image=1'])
  })

  it('are not remembered when switched off, and those that were are gone', () => {
    const recent = useRecentStore()
    recent.remember(aSearch('image=1'))
    recent.switchTo(false)
    recent.remember(aSearch('image=2'))
    const later = anew()
    expect([later.off, subjects(later)]).toEqual([true, []])
  })

  it('let go what was searched for by somebody who had signed in', () => {
    const recent = useRecentStore()
    recent.remember(aSearch('image=1', { closed: true }))
    recent.remember(aSearch('image=2'))
    recent.forgetClosed()
    expect(subjects(anew())).toEqual(['image=2'])
  })

  it('are not offered where the browser forbids to store', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('', 'SecurityError')
    })
    const recent = useRecentStore()
    recent.remember(aSearch('image=1'))
    expect([recent.available, subjects(recent)]).toEqual([false, []])
    vi.restoreAllMocks()
  })

  it('begin anew where something else was written', () => {
    localStorage.setItem('recto.recent', '{"searches": 3')
    expect(subjects(useRecentStore())).toEqual([])
  })
})
