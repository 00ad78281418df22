import { describe, expect, it } from 'vitest'

import { i18n, useLanguage } from '@/plugins/i18n'
import { withSetup } from '@/testing/mountAt'

import { useDurations } from './useDurations'

describe('useDurations', () => {
  it.each([
    [0.2, '1 second'],
    [59.6, '1 minute'],
    [61, '1 minute, 1 second'],
    [7200, '2 hours'],
    [90_061, '1 day, 1 hour'],
    [86_400 + 120, '1 day'],
  ])('says %s seconds as %s', async (seconds, text) => {
    const { result } = await withSetup(() => useDurations())
    expect(result.durationOf(seconds)).toBe(text)
  })

  it('speaks the language of the page', async () => {
    const { result } = await withSetup(() => useDurations())
    await useLanguage('de')
    expect(result.durationOf(3660)).toBe('1 Stunde, 1 Minute')
    await useLanguage('en')
    expect(i18n.global.locale.value).toBe('en')
  })

  it('says nothing of what has no end', async () => {
    const { result } = await withSetup(() => useDurations())
    expect(result.between('2026-11-20T09:00:00Z', null)).toBeNull()
    expect(result.between('2026-11-20T09:00:00Z', '2026-11-20T09:00:30Z')).toBe('30 seconds')
  })
})
