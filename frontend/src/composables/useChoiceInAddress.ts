import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** A choice that is kept in the address under this name; '' for none. Another choice starts at the first page. */
export function useChoiceInAddress(name: string): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => [route.query[name]].flat()[0] ?? '',
    set: (value) => void router.push({ query: { ...route.query, page: undefined, [name]: value || undefined } }),
  })
}
