/** What was searched for last on this device: remembering it, and which of it can be searched for again. */
import { ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'

import { getCollections } from '@/api/collections'
import type { Search } from '@/api/types'
import { keptPicture } from '@/stores/keptPictures'
import { usePicturesStore } from '@/stores/pictures'
import { useRecentStore, type Recent } from '@/stores/recent'
import { useSessionStore } from '@/stores/session'

import { verdictOf } from './finds'
import { thumbnailAt } from './thumbnails'
import { VIEWING } from './useRefine'
import { subjectAddress, subjectOf, type Subject } from './useSubject'

/** The results come first; drawing a small picture can wait. */
const LATER_MS = 300

interface Searched {
  subject: MaybeRefOrGetter<Subject>
  answer: Readonly<Ref<Search | null>>
  status: Readonly<Ref<string>>
  pictureUrl: Readonly<Ref<string | null>>
}

/** Remembers each search that was answered. */
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

/** The pictures of the visitor's that are no longer on this device, by their subject. */
export function useGonePictures(searches: () => readonly Recent[]): Ref<ReadonlySet<string>> {
  const gone = ref<ReadonlySet<string>>(new Set())
  const pictures = usePicturesStore()
  async function isGone({ query }: Recent): Promise<boolean> {
    const subject = subjectOf(query)
    if (subject?.kind !== 'upload') return false
    return pictures.find(subject.id) === null && (await keptPicture(subject.id)) === null
  }
  watch(
    searches,
    async (now) => {
      const marks = await Promise.all(now.map(isGone))
      gone.value = new Set(now.filter((_, index) => marks[index]).map(({ subject }) => subject))
    },
    { immediate: true },
  )
  return gone
}
