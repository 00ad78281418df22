/** What was searched for last, on this device only: small pictures and words, in the browser's own storage. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

const KEY = 'recto.recent'
export const MOST = 20

export interface Recent {
  /** What was looked for, as the address names it; one line for each. */
  subject: string
  /** The whole address of the search: with its framing and filters. */
  query: Record<string, string | string[]>
  /** A data URL; empty where the browser could not show the picture. */
  thumbnail: string
  verdict: string | null
  /** Of the best print; empty where none was confirmed, or it has none. */
  title: string
  print: number | null
  at: number
  /** Whether it was searched for by somebody who had signed in, who may see more than others. */
  closed: boolean
}

interface Kept {
  off: boolean
  searches: Recent[]
}

export const useRecentStore = defineStore('recent', () => {
  const first = read()
  const searches = shallowRef<Recent[]>(first?.searches ?? [])
  const off = ref(first?.off ?? false)
  /** Storage may be forbidden (private windows, embedded frames): then there is nothing to show or to choose. */
  const available = ref(first !== null && write(first))

  function show(kept: Kept): void {
    searches.value = kept.searches
    off.value = kept.off
  }

  /** From what is there now: another tab may have added some. */
  function change(changed: (kept: Kept) => Kept): void {
    const kept = changed(read() ?? { off: off.value, searches: searches.value })
    show(kept)
    available.value = write(kept)
  }

  function remember(search: Recent): void {
    if (off.value || !available.value) return
    change(({ searches: before, ...rest }) => {
      const others = before.filter(({ subject }) => subject !== search.subject)
      return { ...rest, searches: [search, ...others].slice(0, MOST) }
    })
  }

  function forget(subject: string): void {
    change((kept) => ({ ...kept, searches: kept.searches.filter((one) => one.subject !== subject) }))
  }

  const forgetAll = (): void => change((kept) => ({ ...kept, searches: [] }))

  /** Those of somebody who had signed in. */
  function forgetClosed(): void {
    if (searches.value.some(({ closed }) => closed)) change((kept) => ({ ...kept, searches: kept.searches.filter(({ closed }) => !closed) }))
  }

  function putBack(removed: Recent[]): void {
    change((kept) => ({ ...kept, searches: [...kept.searches, ...removed].sort((a, b) => b.at - a.at).slice(0, MOST) }))
  }

  /** Switched off, nothing is remembered, and what was is gone. */
  function switchTo(on: boolean): void {
    change(({ searches: before }) => ({ off: !on, searches: on ? before : [] }))
  }

  window.addEventListener('storage', ({ key }) => key === KEY && show(read() ?? { off: off.value, searches: [] }))
  return { searches, off, available, remember, forget, forgetAll, forgetClosed, putBack, switchTo }
})

/** Null where reading is forbidden. */
function read(): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept> | null
    return { off: kept?.off === true, searches: Array.isArray(kept?.searches) ? kept.searches : [] }
  } catch (error) {
    return error instanceof SyntaxError ? { off: false, searches: [] } : null
  }
}

/** Whether it was written; a full storage takes it without the oldest ones. */
function write(kept: Kept): boolean {
  for (const most of [MOST, 5, 0]) {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...kept, searches: kept.searches.slice(0, most) }))
      return true
    } catch {
      continue
    }
  }
  return false
}
