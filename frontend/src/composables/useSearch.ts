import { computed, ref, type ComputedRef, type Ref } from 'vue'

import { filterQuery, type Filters } from '@/api/filters'
import { framingQuery, type Framing } from '@/api/framing'
import { postSearch, type SearchSubject } from '@/api/searches'
import type { Search } from '@/api/types'
import { useSearchesStore } from '@/stores/searches'

import { pictureToSend } from './pictureToSend'
import { useResource, type Resource } from './useResource'
import type { Subject } from './useSubject'

/** Where a running search is: the browser makes the picture small, sends it, the server looks. */
export type SearchPhase = 'preparing' | 'sending' | 'looking'

export interface SearchResource extends Resource<Search> {
  phase: Readonly<Ref<SearchPhase>>
  /** The share of the picture that was sent, 0 to 1. */
  sent: Readonly<Ref<number>>
  /** Names what is searched: the same search has the same. */
  key: ComputedRef<string>
  /** As `reload`, but never what was kept. */
  searchAgain: () => Promise<void>
}

/** What a search depends on. */
export interface Wanted {
  subject: Ref<Subject>
  framing: Ref<Framing>
  filters: Ref<Filters>
  limit: Ref<number>
}

/** Searches for the subject, at once and whenever it, its framing, the filters or the limit change. */
export function useSearch({ subject, framing, filters, limit }: Wanted): SearchResource {
  const answers = useSearchesStore()
  const phase = ref<SearchPhase>('preparing')
  const sent = ref(0)
  const key = computed(() => JSON.stringify([subject.value, framingQuery(framing.value), filterQuery(filters.value), limit.value]))

  function onSent(share: number): void {
    sent.value = share
    phase.value = share < 1 ? 'sending' : 'looking'
  }

  async function search(signal: AbortSignal): Promise<Search> {
    const keyNow = key.value
    phase.value = 'preparing'
    const what = await subjectToSend(subject.value)
    signal.throwIfAborted()
    if (what.kind === 'picture') onSent(0)
    else phase.value = 'looking'
    const options = { framing: framing.value, filters: filters.value, limit: limit.value }
    const answer = await postSearch({ subject: what, ...options, onSent, signal })
    answers.keep(keyNow, answer)
    return answer
  }

  const resource = useResource(search, { source: key, atHand: () => answers.find(key.value) })

  // One that was cut short is kept for the way back only: who asks again wants another one.
  function searchAgain(): Promise<void> {
    answers.drop(key.value)
    return resource.reload()
  }

  return { ...resource, phase, sent, key, searchAgain }
}

async function subjectToSend(subject: Subject): Promise<SearchSubject> {
  if (subject.kind === 'image') return { kind: 'image', imageId: subject.id }
  if (subject.kind === 'example' || subject.kind === 'url') return subject
  const { file, name } = await pictureToSend(subject.id)
  return { kind: 'picture', file, name }
}
