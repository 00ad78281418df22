import { defineStore } from 'pinia'

import type { Search } from '@/api/types'

const KEPT = 12
/** Long enough to look at a print and come back; short enough that a removed print does not linger. */
const KEPT_MS = 5 * 60_000

/** The last answers, so that "back" shows the results at once and where they were. */
export const useSearchesStore = defineStore('searches', () => {
  const answers = new Map<string, { answer: Search; at: number }>()

  function keep(key: string, answer: Search): void {
    answers.delete(key)
    answers.set(key, { answer, at: Date.now() })
    const oldest = answers.keys().next().value
    if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  }

  function find(key: string): Search | null {
    const kept = answers.get(key)
    return kept && Date.now() - kept.at < KEPT_MS ? kept.answer : null
  }

  /** Another user may see other collections. */
  function forget(): void {
    answers.clear()
  }

  return { keep, find, forget }
})
