import { onScopeDispose, ref, watch } from 'vue'

import { getDateReading, type DateReading } from '@/api/editing'

import { useResource, type Resource } from './useResource'

const PAUSE_MS = 300

/** The years that the server reads out of a date, asked for when the typing rests. */
export function useDateReading(date: () => string): Resource<DateReading> {
  const asked = ref(date())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(date, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => (asked.value = text), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return useResource((signal) => getDateReading(asked.value, signal), { source: asked })
}
