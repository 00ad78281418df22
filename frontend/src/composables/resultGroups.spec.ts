import { describe, expect, it } from 'vitest'

import { aFind, aResult } from '@/testing/samples'

import { groupedByVerdict } from './resultGroups'

describe('groupedByVerdict', () => {
  it('keeps what was found apart from what only looks like it, each in the order of the ranks', () => {
    const results = [
      aFind({ rank: 1 }),
      aResult({ rank: 2, verdict: 'similar', similarity: 0.23 }),
      aFind({ rank: 3 }),
      aFind({ rank: 4, verdict: 'shared_detail' }),
      // Looks more like it, and is less likely: details count, too.
      aResult({ rank: 5, similarity: 0.45 }),
    ]
    const ranks = groupedByVerdict(results).map(({ kind, results: some }) => [kind, some.map(({ rank }) => rank)])
    expect(ranks).toEqual([
      ['same_image', [1, 3]],
      ['shared_detail', [4]],
      ['rest', [2, 5]],
    ])
  })

  it('has no group of none', () => {
    expect(groupedByVerdict([])).toEqual([])
  })
})
