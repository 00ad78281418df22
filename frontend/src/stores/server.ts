import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import { getInfo } from '@/api/catalogue'
import type { Info } from '@/api/types'

/** What this server is: its descriptor, its counts, its limits. Asked for once and again when it was away. */
export const useServerStore = defineStore('server', () => {
  const info = shallowRef<Info | null>(null)

  async function load(signal?: AbortSignal): Promise<Info> {
    info.value = await getInfo(signal)
    return info.value
  }

  function forget(): void {
    info.value = null
  }

  return { info, load, forget }
})
