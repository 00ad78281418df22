import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Whether the server has a newer page than this one. */
export const useVersionStore = defineStore('version', () => {
  const isOutdated = ref(false)
  return { isOutdated }
})
