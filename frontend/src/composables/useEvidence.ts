import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

export const VIEWS = ['pair', 'overlay', 'wipe'] as const
/** How a match is looked at: both pictures beside each other, or one over the other, faded in or up to a line. */
export type EvidenceView = (typeof VIEWS)[number]

/** Which result of the search is looked at closely, and how; in the address, so that it is a link. */
export function useEvidence(): {
  /** The image of the result; null while all results are shown. */
  imageId: ComputedRef<number | null>
  view: ComputedRef<EvidenceView>
  show: (view: EvidenceView) => Promise<unknown>
  addressOf: (imageId: number | null) => { query: LocationQueryRaw }
} {
  const route = useRoute()
  const router = useRouter()
  const imageId = computed(() => numberOf(route.query.evidence))
  const view = computed(() => VIEWS.find((one) => one === route.query.look) ?? 'pair')

  function addressOf(image: number | null): { query: LocationQueryRaw } {
    const rest = Object.entries(route.query).filter(([name]) => name !== 'evidence' && name !== 'look')
    return { query: { ...Object.fromEntries(rest), ...(image !== null && { evidence: String(image) }) } }
  }

  function show(next: EvidenceView): Promise<unknown> {
    return router.replace({ query: { ...route.query, look: next } })
  }

  return { imageId, view, show, addressOf }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null
}
