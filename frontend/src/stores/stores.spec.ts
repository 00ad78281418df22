import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { anAnswer } from '@/testing/samples'

import { usePreferencesStore } from './preferences'
import { useSearchesStore } from './searches'

beforeEach(() => setActivePinia(createPinia()))

describe('searches', () => {
  it('are kept for half an hour', () => {
    vi.useFakeTimers()
    const searches = useSearchesStore()
    searches.keep('a', anAnswer())
    expect(searches.find('a')).toEqual(anAnswer())
    expect(searches.find('b')).toBeNull()
    vi.advanceTimersByTime(30 * 60_000)
    expect(searches.find('a')).toBeNull()
  })

  it('are at most a dozen', () => {
    const searches = useSearchesStore()
    for (let i = 0; i < 13; i++) searches.keep(String(i), anAnswer())
    expect([searches.find('0'), searches.find('1')]).toEqual([null, anAnswer()])
  })
})

describe('preferences', () => {
  it('start with the first language of the browser that the page speaks', () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['pt-BR', 'it-CH', 'fr'])
    expect(usePreferencesStore()).toMatchObject({ locale: 'it', theme: 'system' })
  })

  it('are remembered in this browser', async () => {
    const preferences = usePreferencesStore()
    preferences.locale = 'de'
    preferences.theme = 'dark'
    await nextTick()
    setActivePinia(createPinia())
    expect(usePreferencesStore()).toMatchObject({ locale: 'de', theme: 'dark' })
  })

  it.each(['nonsense', 'null', '{"locale":"xx","theme":3}'])('ignore what is kept when it is %s', (kept) => {
    localStorage.setItem('recto.preferences', kept)
    expect(usePreferencesStore()).toMatchObject({ locale: 'en', theme: 'system' })
  })

  it('last for the visit where nothing may be stored', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('Forbidden', 'SecurityError')
    })
    const preferences = usePreferencesStore()
    preferences.locale = 'fr'
    await nextTick()
    expect(preferences.locale).toBe('fr')
  })
})
