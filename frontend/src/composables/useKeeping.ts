/** Keeping a search on the server, and deleting it there. */
import { computed, type ComputedRef, type Ref } from 'vue'
import { useRouter } from 'vue-router'

import { ApiError } from '@/api/errors'
import { deleteKeptSearch, type Kept } from '@/api/kept'
import { postSearch } from '@/api/searches'
import { useKeptStore } from '@/stores/kept'
import { useSessionStore } from '@/stores/session'

import { useAction, type Action } from './useAction'
import { useFilters } from './useFilters'
import { useFraming } from './useFraming'
import { subjectToSend } from './useSearch'
import { subjectAddress, type Subject } from './useSubject'

export interface Keeping {
  /** Null while the search is not kept. */
  kept: ComputedRef<Kept | null>
  link: ComputedRef<string>
  mayDelete: ComputedRef<boolean>
  keep: Action<[]>
  remove: Action<[]>
}

/** For the search that the address names; `key` is the name of it. */
export function useKeeping(subject: () => Subject, key: Readonly<Ref<string>>): Keeping {
  const [store, session] = [useKeptStore(), useSessionStore()]
  const router = useRouter()
  const { filters } = useFilters()
  const { framing } = useFraming()

  const kept = computed(() => {
    const now = subject()
    return store.known.get(store.bySearch.get(key.value) ?? (now.kind === 'kept' ? now.id : '')) ?? null
  })
  const link = computed(() => {
    if (kept.value === null) return ''
    const address = router.resolve({ name: 'search', query: subjectAddress({ kind: 'kept', id: kept.value.id }) }).href
    return new URL(address, location.href).href
  })
  const mayDelete = computed(() => kept.value !== null && (kept.value.may_delete || store.keyOf(kept.value.id) !== null))

  const keep = useAction(async () => {
    const search = key.value
    const request = { filters: filters.value, framing: framing.value, limit: 1, keep: true }
    const answer = await postSearch({ subject: await subjectToSend(subject()), ...request })
    if (answer.kept === null) throw new ApiError('unexpected', '')
    // Who has signed in deletes it as its owner: the next one at this device is not to have the key.
    store.keepAs(search, session.user ? { ...answer.kept, delete_key: null } : answer.kept)
  })

  const remove = useAction(async () => {
    if (kept.value === null) return
    const { id } = kept.value
    await deleteKeptSearch(id, store.keyOf(id)).catch((error: unknown) => {
      // Gone by itself meanwhile: what was wanted is so.
      if (!(error instanceof ApiError) || error.status !== 404) throw error
    })
    store.forget(id)
  })

  return { kept, link, mayDelete, keep, remove }
}
