import { readonly, ref, watch, type Ref } from 'vue'

export interface Copying {
  /** Browsers have no clipboard for pages over plain http. */
  canCopy: boolean
  /** Null until it was tried with this text. */
  outcome: Readonly<Ref<'copied' | 'refused' | null>>
  copy: () => Promise<void>
}

/** Copies a text; what came of it is told of that text only. */
export function useCopy(text: () => string): Copying {
  const outcome = ref<'copied' | 'refused' | null>(null)

  async function copy(): Promise<void> {
    const copied = text()
    const came = await navigator.clipboard.writeText(copied).then(
      () => 'copied' as const,
      () => 'refused' as const,
    )
    if (copied === text()) outcome.value = came
  }

  // The same button may stand beside another print the next moment.
  watch(text, () => (outcome.value = null))
  return { canCopy: 'clipboard' in navigator, outcome: readonly(outcome), copy }
}
