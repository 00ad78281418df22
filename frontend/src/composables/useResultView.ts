import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { RESULT_VIEWS, usePreferencesStore, type ResultView } from '@/stores/preferences'

/** Cards or a dense list: as the address says, else as it was last chosen on this device. */
export function useResultView(): { view: ComputedRef<ResultView>; showAs: (view: ResultView) => Promise<unknown> } {
  const route = useRoute()
  const router = useRouter()
  const preferences = usePreferencesStore()
  const view = computed(() => RESULT_VIEWS.find((one) => one === route.query.view) ?? preferences.resultView)

  function showAs(next: ResultView): Promise<unknown> {
    preferences.resultView = next
    const rest = Object.fromEntries(Object.entries(route.query).filter(([name]) => name !== 'view'))
    return router.replace({ query: { ...rest, ...(next === 'list' && { view: next }) } })
  }

  return { view, showAs }
}
