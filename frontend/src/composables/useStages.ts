import { onMounted, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'

import { nextTask } from '@/plugins/tasks'

/**
 * Which stage of a page is drawn, from 0: the next is begun when the browser has had time for a frame and for the
 * visitor. What is at the top of a long page comes first; below it nothing is pushed away.
 */
export function useStages(last: number): Readonly<Ref<number>> {
  const stage = ref(0)
  let isGone = false
  onScopeDispose(() => (isGone = true))
  onMounted(async () => {
    while (stage.value < last && !isGone) {
      await nextTask()
      stage.value++
    }
  })
  return stage
}

/** The list, a few at first and more with each task, until all are there. `step` is how many more. */
export function useGradually<T>(list: () => readonly T[], step: number): Readonly<Ref<readonly T[]>> {
  const shown = shallowRef<readonly T[]>([])
  let round = 0

  async function showMore(): Promise<void> {
    const own = ++round
    for (;;) {
      const all = list()
      // What was there before stays: a list that grows at its end is drawn on, another one from its beginning.
      const known = shown.value.findIndex((one, index) => one !== all[index])
      const count = (known === -1 ? shown.value.length : known) + step
      shown.value = all.slice(0, count)
      if (count >= all.length) return
      await nextTask()
      if (own !== round) return
    }
  }

  watch(list, () => void showMore(), { immediate: true })
  onScopeDispose(() => round++)
  return shown
}
