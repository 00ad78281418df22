import { toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { useRoute, type LocationQuery } from 'vue-router'

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
    const [query, signedIn] = [queryOf(route.query), isSignedIn()]
    const timer = setTimeout(() => void remember(toValue(subject), query, found, pictureUrl.value, signedIn), LATER_MS)
    onCleanup(() => clearTimeout(timer))
  }, { immediate: true })
}

async function remember(subject: Subject, query: Recent['query'], answer: Search, pictureUrl: string | null, signedIn: Promise<boolean>): Promise<void> {
  const [recent, session] = [useRecentStore(), useSessionStore()]
  const key = new URLSearchParams(subjectAddress(subject) as Record<string, string>).toString()
  const before = recent.searches.find((one) => one.subject === key)
  const thumbnail = before?.thumbnail || (pictureUrl === null ? '' : await thumbnailAt(pictureUrl))
  const closed = await signedIn
  // Who has signed out meanwhile leaves nothing.
  if (closed && session.me?.user === null) return
  recent.remember({ subject: key, query, thumbnail, closed, at: Date.now(), ...bestOf(answer) })
}

function bestOf({ verdict, results }: Search): Pick<Recent, 'verdict' | 'title' | 'print'> {
  const known = verdictOf(verdict)
  const best = known === 'same_image' || known === 'shared_detail' || known === 'similar' ? results[0] : undefined
  return { verdict: known, title: best?.print.title ?? '', print: best?.print.id ?? null }
}

/** Whether what is found may be for certain eyes only: hidden records lie in collections for everybody, too. Where it cannot be told, it is taken for so. */
function isSignedIn(): Promise<boolean> {
  return useSessionStore().know().then(
    (me) => me.user !== null,
    () => true,
  )
}

function queryOf(query: LocationQuery): Recent['query'] {
  const entries = Object.entries(query).filter(([name, value]) => !VIEWING.includes(name) && value !== null)
  return Object.fromEntries(entries) as Recent['query']
}
