import { computed, nextTick, onScopeDispose, shallowRef, watchEffect, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

import { getPrints } from '@/api/catalogue'
import { filterQuery, type Filters } from '@/api/filters'
import type { PrintListItem, PrintOrder } from '@/api/types'
import { useWallsStore, type KeptWall } from '@/stores/walls'

import { useResource, type Resource, type ResourceStatus } from './useResource'

const PAGE_SIZE = 48
/** A link that goes further begins with so many: more at once would be long in coming. */
const MOST_AT_ONCE = 10

export interface PrintPagesResource extends Resource<KeptWall> {
  prints: ComputedRef<PrintListItem[]>
  total: ComputedRef<number | null>
  hasMore: ComputedRef<boolean>
  /** Ends when the next page is there, or was not to be had. */
  showMore: () => Promise<void>
}

/** The prints under the filters, as many pages of them as the address says; kept for whoever comes back. */
export function usePrintPages(filters: Ref<Filters>, order: Ref<PrintOrder | ''>): PrintPagesResource {
  const route = useRoute()
  const router = useRouter()
  const walls = useWallsStore()
  const key = computed(() => JSON.stringify([filterQuery(filters.value), order.value]))
  const pages = computed(() => pageOf(route.query.page))
  // Of which list those on the screen are: of another one they stay until it is there.
  const shownKey = shallowRef('')

  async function load(signal: AbortSignal): Promise<KeptWall> {
    const keyNow = key.value
    const have = walls.find(keyNow)
    const wanted = Math.min(pages.value, (have?.pages ?? 0) + MOST_AT_ONCE)
    const wall = await wallOfPages(have, wanted, (page) =>
      getPrints({ filters: filters.value, page, pageSize: PAGE_SIZE, ...(order.value === '' ? {} : { order: order.value }) }, signal),
    )
    signal.throwIfAborted()
    walls.keep(keyNow, wall)
    shownKey.value = keyNow
    return wall
  }

  function atHand(): KeptWall | null {
    const have = walls.find(key.value)
    if (have === null || have.pages < Math.min(pages.value, have.allPages)) return null
    shownKey.value = key.value
    return have
  }

  const resource = useResource(load, { source: [key, pages], atHand })
  const prints = computed(() => resource.data.value?.prints ?? [])
  const total = computed(() => (shownKey.value === key.value ? (resource.data.value?.total ?? null) : null))
  const hasMore = computed(() => total.value !== null && (resource.data.value?.pages ?? 0) < (resource.data.value?.allPages ?? 0))

  const isLeaving = useLeavingNow()

  async function showMore(): Promise<void> {
    // A way that is begun in this same moment is known after it.
    await new Promise((resolve) => setTimeout(resolve))
    if (isLeaving() || !hasMore.value || resource.status.value === 'loading') return
    const next = (resource.data.value?.pages ?? 0) + 1
    await router.replace({ query: { ...route.query, page: String(next) } })
    await nextTick()
    await settled(resource.status)
  }

  return { ...resource, prints, total, hasMore, showMore }
}

/** The end of the wall may come near while the visitor is on the way to a record: the later address would win. */
function useLeavingNow(): () => boolean {
  const route = useRoute()
  const router = useRouter()
  let leaving = false
  const stops = [router.beforeEach((to) => void (leaving = to.path !== route.path)), router.afterEach(() => void (leaving = false))]
  onScopeDispose(() => stops.forEach((stop) => stop()))
  return () => leaving
}

/** Ends when what was loading is on the screen: until then the end of the wall is where it was. */
function settled(status: Readonly<Ref<ResourceStatus>>): Promise<void> {
  return new Promise((resolve) => {
    const stop = watchEffect(
      () => {
        if (status.value === 'loading') return
        resolve()
        void Promise.resolve().then(() => stop())
      },
      { flush: 'post' },
    )
  })
}

/** What there is already and the pages that are missing; a print that moved from one page to the next is there once. */
async function wallOfPages(
  have: KeptWall | null,
  wanted: number,
  read: (page: number) => Promise<{ count: number; pages: number; results: PrintListItem[] }>,
): Promise<KeptWall> {
  const first = (have?.pages ?? 0) + 1
  const answers = await readPages(first, wanted, read)
  const prints = new Map([...(have?.prints ?? []), ...answers.flatMap((answer) => answer.results)].map((print) => [print.id, print]))
  const last = answers.at(-1)
  const counts = { total: last?.count ?? have?.total ?? 0, allPages: last?.pages ?? have?.allPages ?? 0 }
  return { prints: [...prints.values()], pages: first + answers.length - 1, ...counts }
}

/** The first one says how many there are: pages beyond the last are an error of the address, not of the server. */
async function readPages<P extends { pages: number }>(first: number, wanted: number, read: (page: number) => Promise<P>): Promise<P[]> {
  if (wanted < first) return []
  const start = await read(first)
  const rest = Array.from({ length: Math.max(0, Math.min(wanted, start.pages) - first) }, (_, index) => first + 1 + index)
  return [start, ...(await Promise.all(rest.map(read)))]
}

function pageOf(value: unknown): number {
  const text = [value].flat()[0]
  return typeof text === 'string' && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1
}
