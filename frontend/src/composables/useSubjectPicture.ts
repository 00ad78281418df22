import { computed, ref, toValue, watch, type ComputedRef, type MaybeRefOrGetter, type Ref } from 'vue'

import { exampleAddress, imageAddress, keptAddress } from '@/api/media'
import { usePicturesStore } from '@/stores/pictures'

import type { Subject } from './useSubject'

/** The picture that is looked for, to show beside what was found. */
export function useSubjectPicture(subject: MaybeRefOrGetter<Subject>): {
  pictureUrl: ComputedRef<string | null>
  /** Set when the browser cannot show it (HEIC outside Safari); the server may still read it. */
  undisplayable: Ref<boolean>
} {
  const pictures = usePicturesStore()
  const undisplayable = ref(false)
  const pictureUrl = computed(() => {
    const now = toValue(subject)
    if (now.kind === 'upload') return pictures.find(now.id)?.previewUrl ?? null
    if (now.kind === 'image') return imageAddress(now.id)
    if (now.kind === 'kept') return keptAddress(now.id)
    // A picture of another site is fetched by the server: no request of this page leaves the origin.
    return now.kind === 'example' ? exampleAddress(now.slug) : null
  })
  watch(pictureUrl, () => (undisplayable.value = false))
  return { pictureUrl, undisplayable }
}
