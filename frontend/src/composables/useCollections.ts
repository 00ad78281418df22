import { computed, ref } from 'vue'

import { postCollection } from '@/api/collections'
import { useSessionStore } from '@/stores/session'

/** Stands in the list for a collection that is yet to be made; no slug has such a sign. */
export const NEW_COLLECTION = '+'

/** The collections that the user may load into; an administrator may make a new one. */
export function useCuratedCollections() {
  const session = useSessionStore()
  const curated = computed(() => session.collections.filter(({ slug }) => session.curates(slug)))
  const options = computed(() => {
    const own = curated.value.map(({ slug, name }) => ({ slug, name }))
    return session.may('administer') ? [...own, { slug: NEW_COLLECTION, name: '' }] : own
  })
  const picked = ref<string | null>(null)
  const chosen = computed({
    get: () => picked.value ?? options.value[0]?.slug ?? '',
    set: (slug: string) => void (picked.value = slug),
  })
  const newName = ref('')

  /** The slug of the chosen collection, which is made first where it is a new one. */
  async function slugToUse(): Promise<string> {
    if (chosen.value !== NEW_COLLECTION) return chosen.value
    const made = await postCollection({ name: newName.value.trim(), visibility: 'public' })
    await session.load()
    return (chosen.value = made.slug)
  }

  return { options, chosen, newName, slugToUse }
}
