import { useI18n } from 'vue-i18n'

import type { Result } from '@/api/types'

import { decimals, useNumbers } from './useNumbers'

/** A figure of a result in words that need no explanation, with what it means for those who ask. */
export interface Measure {
  text: string
  hint: string
}

/** What is said of each result alike. */
export interface ResultWords {
  rank: string
  compare: string
  searchWith: string
  certaintyHint: string
  pointsHint: string
  scoreHint: string
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

const SCORE = decimals(2)
/** With the names and figures of each: the first of them has to be read by the translator, which is done before. */
const SAID_OF_EACH = ['compareWith', 'searchWith', 'copyNumber', 'resemblance.much', 'resemblance.little', 'resemblance.hardly']

/** Looked up once for each language, not for each of a hundred results: that was a quarter of their drawing. */
const wordsIn = new Map<string, ResultWords>()

/** How good a result is: how certain and by how many points where it was verified, else how alike it looks. */
export function useResultWords(): { measuresOf: (result: Result) => Measure[]; words: () => ResultWords; prepareWords: () => void } {
  const { t, locale } = useI18n()
  const { n } = useNumbers()

  function words(): ResultWords {
    const known = wordsIn.get(locale.value)
    if (known) return known
    const made = {
      rank: t('results.rank', { rank: '' }),
      compare: t('results.compare'),
      searchWith: t('results.searchWithShort'),
      certaintyHint: t('results.certaintyHint'),
      pointsHint: t('results.pointsHint'),
      scoreHint: t('results.scoreHint'),
    }
    wordsIn.set(locale.value, made)
    return made
  }

  function certaintyOf(score: number): Measure {
    const [word, least] = CERTAINTIES.find(([, from]) => score >= from) ?? CERTAINTIES[3]
    const percent = n(Math.floor(100 * (word === 'sure' ? least : score)))
    return { text: t(`results.certainty.${word}`, { percent }), hint: words().certaintyHint }
  }

  function resemblanceOf(similarity: number, isSimilar: boolean): Measure {
    const word = isSimilar ? 'much' : similarity < HARDLY ? 'hardly' : 'little'
    return { text: t(`results.resemblance.${word}`, { score: n(similarity, SCORE) }), hint: words().scoreHint }
  }

  function measuresOf({ match, score, similarity, verdict }: Result): Measure[] {
    if (match !== null) {
      const points = { text: t('results.points', { count: n(match.inliers) }, match.inliers), hint: words().pointsHint }
      return [certaintyOf(score), points]
    }
    return similarity === null ? [] : [resemblanceOf(similarity, verdict === 'similar')]
  }

  /** What the first results would wait for, while the server looks: a browser's first number format takes a phone long. */
  function prepareWords(): void {
    words()
    n(0, SCORE)
    for (const key of SAID_OF_EACH) t(`results.${key}`)
  }

  return { measuresOf, words, prepareWords }
}
