import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

import { framingQuery, quadOfText, type Framing } from '@/api/framing'
import type { Quad } from '@/geometry/points'

/** How the picture is looked at, in the address: an outline that was corrected by hand, and the mirror. */
export function useFraming(): {
  framing: ComputedRef<Framing>
  searchWithOutline: (quad: Quad | null) => Promise<unknown>
  searchMirrored: (mirror: boolean) => Promise<unknown>
} {
  const route = useRoute()
  const router = useRouter()
  const key = computed(() => JSON.stringify(framingOf(route.query)))
  // Through its text, so that a change of filters does not look like a new framing.
  const framing = computed(() => JSON.parse(key.value) as Framing)

  function frame(change: Partial<Framing>): Promise<unknown> {
    const { quad, mirror } = framingQuery({ ...framing.value, ...change })
    const rest = Object.entries(route.query).filter(([name]) => name !== 'quad' && name !== 'mirror')
    const query = { ...Object.fromEntries(rest), ...(quad && { quad }), ...(mirror && { mirror: 'true' }) }
    return router.push({ query })
  }

  return { framing, searchWithOutline: (quad) => frame({ quad }), searchMirrored: (mirror) => frame({ mirror }) }
}

export function framingOf({ quad, mirror }: LocationQuery): Framing {
  return { quad: typeof quad === 'string' ? quadOfText(quad) : null, mirror: mirror === 'true' }
}
