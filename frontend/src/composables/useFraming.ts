import { computed, type ComputedRef } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'

import { areaOfText, degreesOfText, framingQuery, quadOfText, type Framing } from '@/api/framing'

import { useRefine } from './useRefine'

const NAMES = ['crop', 'quad', 'rotate', 'mirror']

/** How the picture is looked at, in the address: what is cut out of it, which way it is turned, and the mirror. */
export function useFraming(): {
  framing: ComputedRef<Framing>
  /** Searches anew with the framing, unless it is the one in force. */
  reframe: (change: Partial<Framing>) => Promise<unknown>
  searchMirrored: (mirror: boolean) => Promise<unknown>
} {
  const route = useRoute()
  const { refine } = useRefine()
  const key = computed(() => JSON.stringify(framingOf(route.query)))
  // Through its text, so that a change of filters does not look like a new framing.
  const framing = computed(() => JSON.parse(key.value) as Framing)

  async function reframe(change: Partial<Framing>): Promise<unknown> {
    const framed = framingAddress({ ...framing.value, ...change })
    if (JSON.stringify(framed) === JSON.stringify(framingAddress(framing.value))) return undefined
    const rest = Object.entries(route.query).filter(([name]) => !NAMES.includes(name))
    return refine('framing', { ...Object.fromEntries(rest), ...framed })
  }

  return { framing, reframe, searchMirrored: (mirror) => reframe({ mirror }) }
}

export function framingOf({ crop, quad, rotate, mirror }: LocationQuery): Framing {
  const outline = typeof quad === 'string' ? quadOfText(quad) : null
  return {
    // The server takes one of the two: who writes both by hand means the more exact one.
    area: outline === null && typeof crop === 'string' ? areaOfText(crop) : null,
    quad: outline,
    degrees: typeof rotate === 'string' ? degreesOfText(rotate) : 0,
    mirror: mirror === 'true',
  }
}

export function framingAddress(framing: Framing): Record<string, string> {
  return Object.fromEntries(Object.entries(framingQuery(framing)).map(([name, value]) => [name, String(value)]))
}
