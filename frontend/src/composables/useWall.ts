import { getPrints } from '@/api/catalogue'
import { noFilters } from '@/api/filters'
import type { PrintListItem } from '@/api/types'

import { useResource, type Resource } from './useResource'

const PLACES = 4
const FROM_EACH = 9

/**
 * Some prints from all over the collection, for the start page: neighbours in a catalogue are often of one book or
 * one hand, so a few are taken from each of several places and mixed.
 */
export function useWall(): Resource<PrintListItem[]> {
  return useResource(wallOfPrints, { source: () => 'once' })
}

async function wallOfPrints(signal: AbortSignal): Promise<PrintListItem[]> {
  const read = (page: number) => getPrints({ filters: noFilters(), page, pageSize: FROM_EACH }, signal)
  const first = await read(1)
  const others = await Promise.all(pagesToRead(first.pages).slice(1).map(read))
  return mixed([first, ...others].map((page) => page.results))
}

/** The first page and up to three more, evenly spread. */
export function pagesToRead(pages: number): number[] {
  const places = Math.min(PLACES, pages)
  return Array.from({ length: places }, (_, place) => 1 + Math.floor((place * pages) / places))
}

/** One of each list in turn, until all are used up. */
export function mixed<T>(lists: T[][]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat()
}
