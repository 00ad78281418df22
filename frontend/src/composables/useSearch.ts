import { computed, ref, type ComputedRef, type Ref } from 'vue'

import { filterQuery, type Filters } from '@/api/filters'
import { framingQuery, type Framing } from '@/api/framing'
import { postSearch, type SearchSubject } from '@/api/searches'
import type { Search } from '@/api/types'
import { useSearchesStore } from '@/stores/searches'

import { pause } from './pause'
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

/** Options are chosen in a row: the picture is sent once they pause. */
const CHOOSING_MS = 350

/** What a search depends on. */
export interface Wanted {
  subject: Ref<Subject>
  framing: Ref<Framing>
  filters: Ref<Filters>
}

/** All at once and shown by and by: a second search for the rest would cost ten times what the rest costs. */
export const MOST_RESULTS = 100

/** Names a search by all that its answer depends on. */
export function searchKey(subject: Subject, framing: Framing, filters: Filters): string {
  return JSON.stringify([subject, framingQuery(framing), filterQuery(filters)])
}

/** Searches for the subject, at once and whenever it, its framing or the filters change. */
export function useSearch({ subject, framing, filters }: Wanted): SearchResource {
  const answers = useSearchesStore()
  const phase = ref<SearchPhase>('preparing')
  const sent = ref(0)
  let last = { look: '', filters: '' }
  const key = computed(() => searchKey(subject.value, framing.value, filters.value))

  function onSent(share: number): void {
    sent.value = share
    phase.value = share < 1 ? 'sending' : 'looking'
  }

  /** Only the filters are others than those of the last search. */
  function isChoosing(): boolean {
    const now = { look: JSON.stringify([subject.value, framingQuery(framing.value)]), filters: JSON.stringify(filterQuery(filters.value)) }
    const choosing = now.look === last.look && now.filters !== last.filters
    last = now
    return choosing
  }

  async function search(signal: AbortSignal): Promise<Search> {
    const keyNow = key.value
    phase.value = 'preparing'
    if (isChoosing()) await pause(CHOOSING_MS, signal)
    const what = await subjectToSend(subject.value)
    signal.throwIfAborted()
    if (what.kind === 'picture') onSent(0)
    else phase.value = 'looking'
    const options = { framing: framing.value, filters: filters.value, limit: MOST_RESULTS }
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

export async function subjectToSend(subject: Subject): Promise<SearchSubject> {
  if (subject.kind === 'image') return { kind: 'image', imageId: subject.id }
  if (subject.kind === 'example' || subject.kind === 'url' || subject.kind === 'kept') return subject
  const { file, name } = await pictureToSend(subject.id)
  return { kind: 'picture', file, name }
}
