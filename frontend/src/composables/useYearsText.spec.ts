import { expect, it } from 'vitest'

import { withSetup } from '@/testing/mountAt'

import { useYearsText } from './useYearsText'

it.each([
  [1500, 1599, '1500–1599'],
  [1500, 1500, '1500'],
  [1500, null, 'from 1500'],
  [null, 1599, 'up to 1599'],
])('the years from %s to %s are written %s', async (from, to, words) => {
  const { result } = await withSetup(useYearsText)
  expect(result({ from, to })).toBe(words)
})
