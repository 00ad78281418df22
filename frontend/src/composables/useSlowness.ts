import { onScopeDispose, ref, watch, type Ref } from 'vue'

import type { ResourceStatus } from './useResource'

/** Until then nobody wonders. */
const PATIENCE_MS = 4000

/** Whether something has been loading for so long that it should be said. */
export function useSlowness(status: Readonly<Ref<ResourceStatus>>): Readonly<Ref<boolean>> {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    status,
    (now) => {
      clearTimeout(timer)
      slow.value = false
      if (now === 'loading') timer = setTimeout(() => (slow.value = true), PATIENCE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return slow
}
