import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

import { noFilters } from '@/api/filters'
import { postSearch, type SearchSubject } from '@/api/searches'
import type { Search } from '@/api/types'

import { readyToSend } from './readyToSend'
import { useResource, type Resource } from './useResource'

const LIMIT = 3

export interface EmbeddedSearch extends Resource<Search> {
  look: (file: File) => void
  lookAt: (address: string) => void
  /** The share of the picture that was sent, 0 to 1; null before that. */
  sent: Readonly<Ref<number | null>>
  isSearching: ComputedRef<boolean>
}

/** The search in a frame of another site: one picture, its best prints. Nothing is kept on the device. */
export function useEmbeddedSearch(collections: string[]): EmbeddedSearch {
  const wanted = shallowRef<(() => Promise<SearchSubject>) | null>(null)
  const sent = ref<number | null>(null)

  async function search(signal: AbortSignal): Promise<Search> {
    if (wanted.value === null) throw new Error('There is nothing to search with.')
    sent.value = null
    const subject = await wanted.value()
    signal.throwIfAborted()
    const onSent = (share: number): void => void (sent.value = share)
    return postSearch({ subject, filters: { ...noFilters(), collection: collections }, limit: LIMIT, onSent, signal })
  }

  const resource = useResource(search)

  function start(subject: () => Promise<SearchSubject>): void {
    wanted.value = subject
    void resource.reload()
  }

  return {
    ...resource,
    sent,
    isSearching: computed(() => resource.status.value === 'loading'),
    look: (file) => start(async () => ({ kind: 'picture', file: await readyToSend(file), name: file.name })),
    lookAt: (address) => start(() => Promise.resolve({ kind: 'url', address })),
  }
}
