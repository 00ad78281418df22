import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router'

export interface Leaving {
  /** Whether the question is on the screen. */
  asking: ComputedRef<boolean>
  /** Whether what is not saved may go; asks only where there is something. */
  mayLeave: () => Promise<boolean>
  answer: (leave: boolean) => void
}

/** Asks before the page is left with something unsaved: to another address of ours, or away from here. */
export function useLeaving(unsaved: () => boolean): Leaving {
  const question = shallowRef<((leave: boolean) => void) | null>(null)

  function answer(leave: boolean): void {
    question.value?.(leave)
    question.value = null
  }

  function mayLeave(): Promise<boolean> {
    answer(false)
    if (!unsaved()) return Promise.resolve(true)
    return new Promise((resolve) => (question.value = resolve))
  }

  // The browser asks with a sentence of its own.
  function holdBack(event: BeforeUnloadEvent): void {
    if (unsaved()) event.preventDefault()
  }

  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate(mayLeave)
  window.addEventListener('beforeunload', holdBack)
  onScopeDispose(() => window.removeEventListener('beforeunload', holdBack))
  return { asking: computed(() => question.value !== null), mayLeave, answer }
}
