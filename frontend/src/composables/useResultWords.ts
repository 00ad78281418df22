import { useI18n } from 'vue-i18n'

import type { Result } from '@/api/types'

/** A figure of a result in words that need no explanation, with what it means for those who ask. */
export interface Measure {
  text: string
  hint: string
}

/** Probabilities at least so high are said so; above the first one a figure would only feign exactness. */
const CERTAINTIES = [
  ['sure', 0.99],
  ['high', 0.9],
  ['medium', 0.5],
  ['low', 0],
] as const
/** Cosines below are what any two prints have in common. */
const HARDLY = 0.3

/** How good a result is: how certain and by how many points where it was verified, else how alike it looks. */
export function useResultWords(): { measuresOf: (result: Result) => Measure[] } {
  const { t, n } = useI18n()

  function certaintyOf(score: number): Measure {
    const [word, least] = CERTAINTIES.find(([, from]) => score >= from) ?? CERTAINTIES[3]
    const percent = n(Math.floor(100 * (word === 'sure' ? least : score)))
    return { text: t(`results.certainty.${word}`, { percent }), hint: t('results.certaintyHint') }
  }

  function resemblanceOf(similarity: number, isSimilar: boolean): Measure {
    const word = isSimilar ? 'much' : similarity < HARDLY ? 'hardly' : 'little'
    const score = n(similarity, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    return { text: t(`results.resemblance.${word}`, { score }), hint: t('results.scoreHint') }
  }

  function measuresOf({ match, score, similarity, verdict }: Result): Measure[] {
    if (match !== null) {
      const points = { text: t('results.points', { count: n(match.inliers) }, match.inliers), hint: t('results.pointsHint') }
      return [certaintyOf(score), points]
    }
    return similarity === null ? [] : [resemblanceOf(similarity, verdict === 'similar')]
  }

  return { measuresOf }
}
