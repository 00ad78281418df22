import { defineStore } from 'pinia'

import type { Search } from '@/api/types'

const KEPT = 12
/** Long enough to study a record and come back; short enough that a removed print does not linger. */
const KEPT_MS = 30 * 60_000

/** The last answers, so that "back" shows the results at once and where they were. */
export const useSearchesStore = defineStore('searches', () => {
  const answers = new Map<string, { answer: Search; at: number }>()
  /** How many results of an answer were on the page. */
  const shown = new Map<string, number>()

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

  function drop(key: string): void {
    answers.delete(key)
  }

  function keepShown(key: string, count: number): void {
    shown.set(key, count)
  }

  function findShown(key: string): number | null {
    return shown.get(key) ?? null
  }

  /** Another user may see other collections. */
  function forget(): void {
    answers.clear()
    shown.clear()
  }

  return { keep, find, drop, keepShown, findShown, forget }
})
