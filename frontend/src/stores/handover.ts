import { defineStore } from 'pinia'

/** Pictures on their way from the page where they were chosen to the page that searches with all of them. */
export const useHandoverStore = defineStore('handover', () => {
  let files: File[] = []
  let held = false

  /** `asFound`: nobody here chose them, so that they are shown, and not searched for until that is wanted. */
  function give(more: readonly File[], asFound = false): void {
    files = [...files, ...more]
    held = asFound
  }

  function take(): { files: File[]; held: boolean } {
    const given = { files, held }
    files = []
    held = false
    return given
  }

  return { give, take }
})
