/** Opening a kept search by its link: what it finds now, under the framing and the filters it was kept with. */
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'

import { getKeptSearch, type Kept } from '@/api/kept'
import type { Search } from '@/api/types'
import { useKeptStore } from '@/stores/kept'
import { useSearchesStore } from '@/stores/searches'

import { filtersOf } from './useFilters'
import { framingOf } from './useFraming'
import { VIEWING } from './useRefine'
import { useResource, type Resource } from './useResource'
import { MOST_RESULTS, searchKey } from './useSearch'
import { subjectAddress } from './useSubject'

export function useKeptSearch(id: () => string): Resource<Search> {
  const kept = useKeptStore()
  const answers = useSearchesStore()
  const route = useRoute()
  const router = useRouter()

  async function open(signal: AbortSignal): Promise<Search> {
    const answer = await getKeptSearch(id(), MOST_RESULTS, signal)
    if (answer.kept === null) return answer
    const address = addressOf(answer.kept)
    // With more in the address than the link had, somebody went on from it: that is searched for.
    if (isBare(route.query)) {
      await router.replace({ query: { ...route.query, ...address } })
      const { query } = route
      answers.keep(searchKey({ kind: 'kept', id: id() }, framingOf(query), filtersOf(query)), answer)
    }
    kept.learn(answer.kept)
    return answer
  }

  return useResource(open, { source: id })
}

function isBare(query: LocationQueryRaw): boolean {
  return Object.keys(query).every((name) => ['kept', ...VIEWING].includes(name))
}

function addressOf({ id, framing, filters }: Kept): LocationQueryRaw {
  const { crop, quad, rotate, mirror } = framing
  return {
    ...subjectAddress({ kind: 'kept', id }),
    ...(crop && { crop: crop.join(',') }),
    ...(quad && { quad: quad.join(',') }),
    ...(rotate !== 0 && { rotate: String(rotate) }),
    ...(mirror && { mirror: 'true' }),
    ...Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, values.length === 1 ? values[0] : values])),
  }
}
