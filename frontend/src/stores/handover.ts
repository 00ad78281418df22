import { defineStore } from 'pinia'

/** Pictures on their way from the page where they were chosen to the page that searches with all of them. */
export const useHandoverStore = defineStore('handover', () => {
  let files: File[] = []

  function give(more: readonly File[]): void {
    files = [...files, ...more]
  }

  function take(): File[] {
    const given = files
    files = []
    return given
  }

  return { give, take }
})
