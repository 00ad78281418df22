import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import type { PrintImage } from '@/api/types'

/** Which of a print's pictures is looked at; in the address, by its id, so that it is a link. The first is not named. */
export function useChosenPicture(images: () => readonly PrintImage[]): { chosen: ComputedRef<number>; choose: (index: number) => void } {
  const route = useRoute()
  const router = useRouter()
  const chosen = computed(() => Math.max(0, images().findIndex(({ id }) => String(id) === route.query.picture)))

  function choose(index: number): void {
    const picture = index === 0 ? undefined : String(images()[index]?.id)
    void router.replace({ query: { ...route.query, picture } })
  }

  return { chosen, choose }
}
