import { ref, watch, type Ref } from 'vue'

import { keptPicture } from '@/stores/keptPictures'
import { usePicturesStore } from '@/stores/pictures'
import type { Recent } from '@/stores/recent'

import { subjectOf } from './useSubject'

/** Those of the last searches whose picture is no longer on this device, by their subject. */
export function useGonePictures(searches: () => readonly Recent[]): Ref<ReadonlySet<string>> {
  const gone = ref<ReadonlySet<string>>(new Set())
  const pictures = usePicturesStore()
  async function isGone({ query }: Recent): Promise<boolean> {
    const subject = subjectOf(query)
    if (subject?.kind !== 'upload') return false
    return pictures.find(subject.id) === null && (await keptPicture(subject.id)) === null
  }
  watch(
    searches,
    async (now) => {
      const marks = await Promise.all(now.map(isGone))
      gone.value = new Set(now.filter((_, index) => marks[index]).map(({ subject }) => subject))
    },
    { immediate: true },
  )
  return gone
}
