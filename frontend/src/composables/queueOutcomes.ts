/** What came out of each picture of the list, and the table of it: pure. */
import type { Result } from '@/api/types'
import { isOpen, type Queued } from '@/stores/queued'

import { verdictOf, type Verdict } from './finds'
import { csv, RECORD_COLUMNS, recordCells } from './resultsCsv'

export const OUTCOMES = ['same_image', 'shared_detail', 'similar', 'not_found', 'unchecked', 'failed', 'cancelled', 'open'] as const
export type Outcome = Verdict | 'unchecked' | 'failed' | 'cancelled' | 'open'

const COLUMNS = ['file', 'verdict', 'score', ...RECORD_COLUMNS, 'chosen_by_person', 'message']

export function outcomeOf(one: Queued): Outcome {
  if (isOpen(one)) return 'open'
  if (one.state === 'failed' || one.state === 'cancelled') return one.state
  return verdictOf(one.verdict) ?? 'unchecked'
}

/** How many pictures came to what, in the order of OUTCOMES, without those that none came to. */
export function countsOf(list: readonly Queued[]): { outcome: Outcome; count: number }[] {
  const counts = OUTCOMES.map((outcome) => ({ outcome, count: list.filter((one) => outcomeOf(one) === outcome).length }))
  return counts.filter(({ count }) => count > 0)
}

/** The record that a picture is said to show: as a person chose, else what was found; null for none. */
export function resultOf(one: Queued): Result | null {
  if (one.choice === 'none') return null
  if (one.choice !== null) return one.results.find(({ image }) => image.id === one.choice) ?? null
  const outcome = outcomeOf(one)
  const found = outcome === 'same_image' || outcome === 'shared_detail' || outcome === 'similar'
  return (found && one.results[0]) || null
}

/** A line for each picture under names that are the same in every language; `messageOf` says what went wrong. */
export function queueCsv(list: readonly Queued[], messageOf: (one: Queued) => string): string {
  return csv([COLUMNS, ...list.map((one) => lineOf(one, messageOf(one)))])
}

function lineOf(one: Queued, message: string): string[] {
  const result = resultOf(one)
  return [one.name, verdictIn(one, result), ...factsOf(result), one.choice === null ? 'no' : 'yes', message]
}

/** Who says that it is none of the results says that it is not in the collection. */
function verdictIn(one: Queued, result: Result | null): string {
  if (one.choice === 'none') return 'not_found'
  return one.choice === null ? outcomeOf(one) : (result?.verdict ?? '')
}

function factsOf(result: Result | null): string[] {
  return result === null ? ['', ...RECORD_COLUMNS.map(() => '')] : [result.score.toFixed(3), ...recordCells(result.print)]
}
