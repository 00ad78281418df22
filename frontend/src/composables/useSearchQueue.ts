/** The list of pictures at work: each is made small, sent, and searched for, one after the other. */
import { useRouter } from 'vue-router'

import { noFilters } from '@/api/filters'
import { postSearch } from '@/api/searches'
import type { Search } from '@/api/types'
import { usePicturesStore } from '@/stores/pictures'
import { useQueueStore } from '@/stores/queue'
import type { Queued } from '@/stores/queued'
import type { Searcher } from '@/stores/queueRunner'
import { useSessionStore } from '@/stores/session'

import { readyToSend } from './readyToSend'
import { thumbnailOf } from './thumbnails'
import { subjectAddress } from './useSubject'

/** So many results are listed of each picture. */
export const LISTED = 5

let preparing = Promise.resolve()

export function useSearchQueue() {
  const queue = useQueueStore()
  const pictures = usePicturesStore()
  const router = useRouter()
  const session = useSessionStore()
  const searcher: Searcher = { prepare: (one) => prepare(one, queue.keep), search }

  function goOn(): Promise<void> {
    return queue.run(searcher)
  }

  /** Takes up what is there, at the first look at the page. */
  async function begin(): Promise<void> {
    await queue.load()
    const me = await session.know().catch(() => null)
    if (me?.user === null) queue.dropClosed()
    if (!queue.paused) await goOn()
  }

  /** Adds pictures and begins, not with those that are held back; how many there was no room for. */
  async function add(files: readonly File[], held = false): Promise<number> {
    const taken = await queue.add(files, held)
    void prepareAll()
    void goOn()
    return files.length - taken
  }

  /** Ahead of the searches, so that what was chosen is soon seen, and soon outlives a reload. */
  async function prepareAll(): Promise<void> {
    for (const one of [...queue.list]) await prepare(one, queue.keep).catch(() => undefined)
  }

  function searchHeld(): void {
    queue.release()
    void goOn()
  }

  function retry(ids: readonly number[]): void {
    queue.retry(ids)
    void goOn()
  }

  /** The whole search with one picture of the list, as if it had been chosen alone. */
  async function openSearch(one: Queued): Promise<void> {
    const picture = one.picture ?? one.file
    if (picture) await router.push({ name: 'search', query: subjectAddress({ kind: 'upload', id: pictures.add(picture, one.name).id }) })
  }

  return { queue, begin, goOn, add, searchHeld, retry, openSearch }
}

/** One picture at a time: decoding takes memory that a phone has not twice. */
function prepare(one: Queued, keep: (one: Queued) => Promise<void>): Promise<void> {
  const made = preparing.then(async () => {
    if (one.picture !== null || one.file === null) return
    const picture = await readyToSend(one.file)
    Object.assign(one, { picture, thumbnail: await thumbnailOf(picture), file: null })
    await keep(one)
  })
  // What is wrong with one is told when its turn comes, and keeps no other from being made.
  preparing = made.catch(() => undefined)
  return made
}

function search(one: Queued, signal: AbortSignal): Promise<Search> {
  one.closed = useSessionStore().user !== null
  const onSent = (share: number): void => void Object.assign(one, share < 1 ? { sent: share } : { sent: 1, state: 'looking' })
  const subject = { kind: 'picture', file: one.picture ?? new Blob(), name: one.name } as const
  return postSearch({ subject, filters: noFilters(), limit: LISTED, onSent, signal })
}
