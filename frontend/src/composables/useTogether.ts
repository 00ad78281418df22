import { computed, ref, type Ref } from 'vue'

/** How far a pane is zoomed, and which point of its content is in its middle, as fractions. */
export interface PaneState {
  zoom: Ref<number>
  middle: Ref<readonly [number, number]>
}

/** The states of two panes: one and the same while they are linked, afterwards each goes its own way from there. */
export function useTogether(linked: Ref<boolean>): readonly [PaneState, PaneState] {
  const states = [stateOf(), stateOf()] as const
  return [joined(states[0], states[1], linked), joined(states[1], states[0], linked)]
}

function stateOf(): PaneState {
  return { zoom: ref(1), middle: ref([0.5, 0.5] as const) }
}

function joined(own: PaneState, other: PaneState, linked: Ref<boolean>): PaneState {
  return { zoom: written(own.zoom, other.zoom, linked), middle: written(own.middle, other.middle, linked) }
}

/** Reads its own; writes both while they are linked. */
function written<T>(own: Ref<T>, other: Ref<T>, linked: Ref<boolean>): Ref<T> {
  return computed({
    get: () => own.value,
    set: (value) => {
      own.value = value
      if (linked.value) other.value = value
    },
  })
}
