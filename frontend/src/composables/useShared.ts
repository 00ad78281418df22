/**
 * A picture that was shared with the installed page is looked for, as if chosen here. Several are listed and searched for when
 * the visitor says so: any site can make a browser share, and a list would go on by itself.
 */
import { onMounted } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { takeShared } from '@/api/shared'
import { useRefusalsStore } from '@/stores/refusals'

import { useSubject } from './useSubject'

export function useShared(): void {
  const route = useRoute()
  const router = useRouter()
  const refusals = useRefusalsStore()
  const { lookForFile, lookForFiles } = useSubject()

  async function take(id: string): Promise<unknown> {
    const [first, ...others] = await takeShared(id)
    // The visitor has gone on meanwhile.
    if (route.query.shared !== id) return
    // The way back leads to the start, not to what can be taken only once.
    await router.replace({ name: 'search' })
    if (!first) return refusals.refuse('notShared')
    return others.length > 0 ? lookForFiles([first, ...others], true) : lookForFile(first)
  }

  onMounted(async () => {
    const { shared } = route.query
    if (typeof shared === 'string') await take(shared)
  })
}
