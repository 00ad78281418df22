import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'

export interface History<T> {
  state: Readonly<ShallowRef<T>>
  /** The next state; those of one gesture (a drag, arrow keys in a row) are one step. */
  change: (next: T, gesture?: string) => void
  /** Forgets all steps and starts from here. */
  begin: (first: T) => void
  undo: () => void
  redo: () => void
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
}

/** A state with its steps back and forward. */
export function useHistory<T>(first: T): History<T> {
  const state = shallowRef(first)
  const past = shallowRef<T[]>([])
  const future = shallowRef<T[]>([])
  let gestureNow: string | undefined

  function change(next: T, gesture?: string): void {
    if (JSON.stringify(next) === JSON.stringify(state.value)) return
    const goesOn = gesture !== undefined && gesture === gestureNow
    if (!goesOn) past.value = [...past.value, state.value]
    gestureNow = gesture
    future.value = []
    state.value = next
  }

  function begin(start: T): void {
    gestureNow = undefined
    state.value = start
    past.value = []
    future.value = []
  }

  function undo(): void {
    const before = past.value.at(-1)
    if (before === undefined) return
    gestureNow = undefined
    future.value = [state.value, ...future.value]
    past.value = past.value.slice(0, -1)
    state.value = before
  }

  function redo(): void {
    const next = future.value[0]
    if (next === undefined) return
    gestureNow = undefined
    past.value = [...past.value, state.value]
    future.value = future.value.slice(1)
    state.value = next
  }

  const canUndo = computed(() => past.value.length > 0)
  const canRedo = computed(() => future.value.length > 0)
  return { state, change, begin, undo, redo, canUndo, canRedo }
}
