/** The searches that were kept from this device, with the keys that delete them, which are nowhere else. */
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

import type { Kept } from '@/api/kept'

const KEY = 'recto.kept'

type Keys = Record<string, { key: string; expires: string }>

export const useKeptStore = defineStore('kept', () => {
  /** By id: what the server told of them. */
  const known = shallowReactive(new Map<string, Kept>())
  /** By the name of the search: the one that it was kept as. */
  const bySearch = shallowReactive(new Map<string, string>())

  function learn(kept: Kept): void {
    known.set(kept.id, kept)
    if (kept.delete_key !== null) writeKeys({ ...readKeys(), [kept.id]: { key: kept.delete_key, expires: kept.expires_at } })
  }

  function keepAs(search: string, kept: Kept): void {
    learn(kept)
    bySearch.set(search, kept.id)
  }

  function keyOf(id: string): string | null {
    return known.get(id)?.delete_key ?? readKeys()[id]?.key ?? null
  }

  function forget(id: string): void {
    known.delete(id)
    for (const [search, kept] of bySearch) if (kept === id) bySearch.delete(search)
    writeKeys(Object.fromEntries(Object.entries(readKeys()).filter(([one]) => one !== id)))
  }

  /** Another user may see other links. The keys of this device stay: they are of those who have not signed in. */
  function forgetKnown(): void {
    known.clear()
    bySearch.clear()
  }

  return { known, bySearch, learn, keepAs, keyOf, forget, forgetKnown }
})

/** Those of searches whose time is not over. */
function readKeys(): Keys {
  try {
    const keys = (JSON.parse(localStorage.getItem(KEY) ?? '{}') as Keys | null) ?? {}
    return Object.fromEntries(Object.entries(keys).filter(([, { expires }]) => Date.parse(expires) > Date.now()))
  } catch {
    return {}
  }
}

// Where storing is forbidden, the key lasts as long as the page.
function writeKeys(keys: Keys): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(keys))
  } catch {
    return
  }
}
