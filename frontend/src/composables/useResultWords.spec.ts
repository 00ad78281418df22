import { describe, expect, it } from 'vitest'

import { withSetup } from '@/testing/mountAt'
import { aFind, aResult } from '@/testing/samples'

import { useResultWords } from './useResultWords'

async function textsOf(result: Parameters<ReturnType<typeof useResultWords>['measuresOf']>[0]): Promise<string[]> {
  const { result: words } = await withSetup(useResultWords)
  return words.measuresOf(result).map(({ text }) => text)
}

describe('the words of a result', () => {
  it.each([
    [1, 'Practically certain: over 99\u00a0%'],
    [0.99, 'Practically certain: over 99\u00a0%'],
    [0.9899, 'Very likely: 98\u00a0%'],
    [0.5, 'Likely: 50\u00a0%'],
    [0.2, 'Possible: 20\u00a0%'],
  ])('say how certain a verified one of %s is, and by what', async (score, text) => {
    expect(await textsOf(aFind({ score }))).toEqual([text, '87 matching points'])
  })

  it.each([
    ['similar', 0.8, 'Looks much like it: 0.80 of 1'],
    [null, 0.55, 'Looks a little like it: 0.55 of 1'],
    [null, 0.12, 'Looks hardly like it: 0.12 of 1'],
  ] as const)('say how alike one looks that is not (%s, %s)', async (verdict, similarity, text) => {
    expect(await textsOf(aResult({ verdict, similarity }))).toEqual([text])
  })

  it('say nothing of what is not known', async () => {
    expect(await textsOf(aResult({ similarity: null }))).toEqual([])
  })
})
