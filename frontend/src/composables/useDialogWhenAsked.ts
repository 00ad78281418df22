import { ref, watch, type Ref } from 'vue'

/**
 * A dialog that few ask for: `made` when it is opened for the first time, once its code is there. Where `load` cannot have it,
 * without a network for instance, it is closed again, so that it can be asked for once more.
 */
export function useDialogWhenAsked(load: () => Promise<unknown> = () => Promise.resolve()): { open: Ref<boolean>; made: Ref<boolean> } {
  const open = ref(false)
  const made = ref(false)
  watch(open, async (now) => {
    if (!now || made.value) return
    try {
      await load()
      made.value = true
    } catch {
      open.value = false
    }
  })
  return { open, made }
}
