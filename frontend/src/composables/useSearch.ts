import { ref, type Ref } from 'vue'

import { ApiError } from '@/api/errors'
import { filterQuery, type Filters } from '@/api/filters'
import { framingQuery, type Framing } from '@/api/framing'
import { postSearch, type SearchSubject } from '@/api/searches'
import type { Search } from '@/api/types'
import { i18n } from '@/plugins/i18n'
import { usePicturesStore } from '@/stores/pictures'
import { useSearchesStore } from '@/stores/searches'
import { useServerStore } from '@/stores/server'

import { shrinkPicture } from './shrinkPicture'
import { useResource, type Resource } from './useResource'
import type { Subject } from './useSubject'

/** Where a running search is: the browser makes the picture small, sends it, the server looks. */
export type SearchPhase = 'preparing' | 'sending' | 'looking'

export interface SearchResource extends Resource<Search> {
  phase: Readonly<Ref<SearchPhase>>
  /** The share of the picture that was sent, 0 to 1. */
  sent: Readonly<Ref<number>>
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
  const key = (): string => JSON.stringify([subject.value, framingQuery(framing.value), filterQuery(filters.value), limit.value])

  function onSent(share: number): void {
    sent.value = share
    phase.value = share < 1 ? 'sending' : 'looking'
  }

  async function search(signal: AbortSignal): Promise<Search> {
    const keyNow = key()
    phase.value = 'preparing'
    const what = await subjectToSend(subject.value)
    signal.throwIfAborted()
    if (what.kind === 'picture') onSent(0)
    else phase.value = 'looking'
    const options = { framing: framing.value, filters: filters.value, limit: limit.value }
    const answer = await postSearch({ subject: what, ...options, onSent, signal })
    // One that was cut short is asked for anew, not shown again.
    if (answer.notices.length === 0) answers.keep(keyNow, answer)
    return answer
  }

  const resource = useResource(search, { source: key, atHand: () => answers.find(key()) })
  return { ...resource, phase, sent }
}

async function subjectToSend(subject: Subject): Promise<SearchSubject> {
  if (subject.kind === 'image') return { kind: 'image', imageId: subject.id }
  if (subject.kind === 'example' || subject.kind === 'url') return subject
  const picture = usePicturesStore().find(subject.id)
  if (picture === null) throw new ApiError('picture_gone', '')
  const file = await shrinkPicture(picture.file)
  checkSize(file)
  return { kind: 'picture', file, name: picture.name }
}

/** Refuses here what the server would refuse, before it is sent over a slow network; the limit is the server's. */
function checkSize(file: Blob): void {
  const limit = useServerStore().info?.limits.max_bytes ?? Infinity
  if (file.size <= limit) return
  const { t, n } = i18n.global
  const megabytes = (bytes: number): string => n(bytes / 1_000_000, { maximumFractionDigits: 1 })
  const sentence = t('errors.tooLarge', { size: megabytes(file.size), limit: megabytes(limit) })
  throw new ApiError('picture_too_large', sentence, 413)
}
