import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

import { getSuggestions } from '@/api/catalogue'
import type { Suggestion } from '@/api/types'

import { pause } from './pause'

/** Between two keys of somebody who types. */
const QUIET_MS = 180
const SHORTEST = 2

/** What somebody who is typing may mean. They are a help: where they do not come, nothing is said. */
export function useSuggestions(typed: Ref<string>): { suggestions: Readonly<Ref<Suggestion[]>>; forget: () => void } {
  const suggestions = shallowRef<Suggestion[]>([])
  let controller = new AbortController()

  function forget(): void {
    controller.abort()
    suggestions.value = []
  }

  async function ask(q: string): Promise<void> {
    controller.abort()
    controller = new AbortController()
    const { signal } = controller
    try {
      await pause(QUIET_MS, signal)
      const found = await getSuggestions(q, signal)
      if (!signal.aborted) suggestions.value = found
    } catch {
      if (!signal.aborted) suggestions.value = []
    }
  }

  watch(typed, (now) => (now.trim().length < SHORTEST ? forget() : void ask(now.trim())))
  onScopeDispose(() => controller.abort())
  return { suggestions, forget }
}
