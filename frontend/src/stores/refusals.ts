import { defineStore } from 'pinia'
import { readonly, shallowRef } from 'vue'

/** Why nothing was sent. */
export type RefusalReason = 'empty' | 'folder' | 'video' | 'pdf' | 'unknown' | 'unreadable' | 'nothing' | 'addressOff' | 'notShared'

export interface Refusal {
  reason: RefusalReason
  /** The file's name; empty where there is no file. */
  name: string
}

/** What was chosen, dropped or pasted last and is no picture to search with; null when all is well. */
export const useRefusalsStore = defineStore('refusals', () => {
  const refusal = shallowRef<Refusal | null>(null)

  function refuse(reason: RefusalReason, name = ''): void {
    refusal.value = { reason, name }
  }

  function dismiss(): void {
    refusal.value = null
  }

  return { refusal: readonly(refusal), refuse, dismiss }
})
