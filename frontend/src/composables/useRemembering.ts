import { toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'

import { getCollections } from '@/api/collections'
import type { Search } from '@/api/types'
import { useRecentStore, type Recent } from '@/stores/recent'
import { useSessionStore } from '@/stores/session'

import { verdictOf } from './finds'
import { thumbnailAt } from './thumbnails'
import { VIEWING } from './useRefine'
import { subjectAddress, type Subject } from './useSubject'

/** The results come first; drawing a small picture can wait. */
const LATER_MS = 300

interface Searched {
  subject: MaybeRefOrGetter<Subject>
  answer: Readonly<Ref<Search | null>>
  status: Readonly<Ref<string>>
  pictureUrl: Readonly<Ref<string | null>>
}

/** Remembers each search that was answered, on this device. */
export function useRemembering({ subject, answer, status, pictureUrl }: Searched): void {
  const route = useRoute()
  const recent = useRecentStore()
  watch([status, answer], ([now, found], _, onCleanup) => {
    if (now !== 'done' || found === null || recent.off || !recent.available) return
    const query = queryOf(route.query)
    const timer = setTimeout(() => void remember(toValue(subject), query, found, pictureUrl.value), LATER_MS)
    onCleanup(() => clearTimeout(timer))
  }, { immediate: true })
}

async function remember(subject: Subject, query: Recent['query'], answer: Search, pictureUrl: string | null): Promise<void> {
  const recent = useRecentStore()
  const key = new URLSearchParams(subjectAddress(subject) as Record<string, string>).toString()
  const before = recent.searches.find((one) => one.subject === key)
  const thumbnail = before?.thumbnail || (pictureUrl === null ? '' : await thumbnailAt(pictureUrl))
  const closed = await isClosed(answer)
  recent.remember({ subject: key, query, thumbnail, closed, at: Date.now(), ...bestOf(answer) })
}

function bestOf({ verdict, results }: Search): Pick<Recent, 'verdict' | 'title' | 'print'> {
  const known = verdictOf(verdict)
  const best = known === 'same_image' || known === 'shared_detail' || known === 'similar' ? results[0] : undefined
  return { verdict: known, title: best?.print.title ?? '', print: best?.print.id ?? null }
}

/** Whether something was found that is not for everybody. Where that cannot be told, it is taken for so. */
async function isClosed({ results }: Search): Promise<boolean> {
  const session = useSessionStore()
  const user = await session.know().then(
    (me) => me.user !== null,
    () => true,
  )
  if (!user) return false
  const collections = await getCollections().catch(() => [])
  const open = new Set(collections.filter(({ visibility }) => visibility === 'public').map(({ slug }) => slug))
  return results.some(({ print }) => !open.has(print.collection))
}

function queryOf(query: LocationQuery): Recent['query'] {
  const entries = Object.entries(query).filter(([name, value]) => !VIEWING.includes(name) && value !== null)
  return Object.fromEntries(entries) as Recent['query']
}
