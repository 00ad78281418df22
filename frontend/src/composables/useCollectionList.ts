/** Collections, who sees them, and who looks after them. */
import { getCollections, getMembers, patchCollection, postCollection, putMembers, slugOf, type CollectionChange, type NewCollection } from '@/api/collections'
import type { Member, Visibility } from '@/api/staffTypes'
import { useSessionStore } from '@/stores/session'

import { useAction } from './useAction'
import { useResource } from './useResource'

export { slugOf }

export const VISIBILITIES = ['public', 'staff', 'private'] as const satisfies readonly Visibility[]
export const ROLES = ['viewer', 'curator'] as const

export function useCollectionList() {
  const session = useSessionStore()
  const collections = useResource(getCollections, { source: () => 'once' })

  /** What the session knows of collections is out of date, too. */
  async function refresh(): Promise<void> {
    await Promise.all([collections.reload(), session.load()])
  }

  const creating = useAction((collection: NewCollection) => postCollection(collection).then(refresh))
  return { collections, creating, refresh }
}

export function useCollectionChange(slug: string, refresh: () => Promise<void>) {
  return useAction((change: Partial<CollectionChange>) => patchCollection(slug, change).then(refresh))
}

export function useMembers(slug: string) {
  const members = useResource((signal) => getMembers(slug, signal), { source: () => 'once' })
  const saving = useAction((next: Pick<Member, 'username' | 'role'>[]) => putMembers(slug, next).then(members.reload))
  return { members, saving }
}
