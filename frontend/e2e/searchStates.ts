/** The states of a search: while it runs, what it found, how it is refined and kept, and what can go wrong; and of several. */
import { expect, type APIRequestContext, type Page } from '@playwright/test'

import { answered, imageOfPrint, results, SEARCHES, type Answer } from './answers'
import { picture } from './prints'
import { failure, type Scene, type State } from './states'

const none = (answer: Answer): Answer => ({ ...answer, verdict: 'not_found', results: answer.results.filter(({ verdict }) => verdict === null) })

/** What is under way is asked for and never answered. */
const hold = (page: Page): Promise<unknown> => page.route(SEARCHES, () => undefined)

const addressOf = async (request: APIRequestContext, rest = ''): Promise<string> => `/?image=${await imageOfPrint(request)}${rest}`

/** Results of a picture of the collection, with this in the address. */
async function found({ page, request }: Scene, rest = '', change?: (answer: Answer) => Answer): Promise<void> {
  await answered(page, request, change)
  await page.goto(await addressOf(request, rest))
  await expect(results(page).first()).toBeVisible()
  await expect(page.locator('.search-results-main')).toHaveAttribute('aria-busy', 'false')
}

async function compared(scene: Scene, look: string): Promise<void> {
  await found(scene)
  await scene.page.getByTestId('compare').first().click()
  await expect(scene.page.getByTestId('evidence')).toBeVisible()
  await scene.page.getByTestId(`view-${look}`).click()
}

async function failed({ page, request }: Scene): Promise<void> {
  await page.goto(await addressOf(request))
  await expect(page.getByTestId('error')).toBeVisible()
}

async function edited(scene: Scene): Promise<void> {
  await found(scene)
  await scene.page.getByTestId('edit-picture').click()
  await expect(scene.page.getByTestId('handle-topLeft')).toBeVisible()
}

export const SEARCH: State[] = [
  {
    name: 'searching',
    async reach({ page, request }) {
      await hold(page)
      await page.goto('/')
      await page.getByTestId('choose').setInputFiles(await picture(request))
      await expect(page.getByTestId('query-picture')).toHaveAttribute('src', /^blob:/)
      await expect(page.getByRole('progressbar')).toBeVisible()
    },
  },
  {
    name: 'searching-slow',
    async reach({ page, request }) {
      await hold(page)
      await page.goto(await addressOf(request))
      await expect(page.getByTestId('slow')).not.toBeEmpty()
    },
  },
  { name: 'results', enlarged: true, reach: (scene) => found(scene) },
  {
    name: 'results-more',
    async reach(scene) {
      await found(scene)
      await scene.page.getByTestId('group-rest').scrollIntoViewIfNeeded()
      await results(scene.page).nth(4).scrollIntoViewIfNeeded()
    },
  },
  { name: 'results-list', enlarged: true, reach: (scene) => found(scene, '&view=list') },
  { name: 'results-absent', reach: (scene) => found(scene, '', none) },
  {
    name: 'results-unchecked',
    reach: (scene) => found(scene, '', (answer) => ({ ...none(answer), verdict: null, notices: [{ code: 'look_not_compared', message: 'x' }] })),
  },
  { name: 'results-refined', reach: (scene) => found(scene, '&crop=0.05,0.05,0.9,0.9&rotate=90&mirror=true&undated=true') },
  {
    name: 'results-empty',
    async reach({ page, request }) {
      await answered(page, request, (answer) => ({ ...answer, verdict: null, results: [] }))
      await page.goto(await addressOf(request, '&q=zzzzqqq'))
      await expect(page.getByTestId('empty')).toBeVisible()
    },
  },
  {
    name: 'results-filters',
    async reach(scene) {
      await found(scene)
      if (scene.isMobile) await scene.page.getByTestId('open-filters').click()
      await expect(scene.page.getByTestId('filter-technique').first()).toBeAttached()
      await scene.page.getByTestId('filter-technique').first().scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'results-keys',
    async reach(scene) {
      await found(scene, '&view=list')
      await scene.page.keyboard.press('?')
      await expect(scene.page.getByTestId('keys-help')).toBeVisible()
    },
  },
  { name: 'compare', reach: (scene) => compared(scene, 'pair') },
  { name: 'compare-overlay', reach: (scene) => compared(scene, 'overlay') },
  { name: 'compare-wipe', reach: (scene) => compared(scene, 'wipe') },
  {
    name: 'compare-unconfirmed',
    async reach(scene) {
      await found(scene)
      await scene.page.getByTestId('group-rest').getByTestId('compare-plain').first().click()
      await expect(scene.page.getByTestId('beside')).toBeVisible()
    },
  },
  { name: 'editor-crop', reach: edited },
  {
    name: 'editor-corners',
    async reach(scene) {
      await edited(scene)
      await scene.page.locator('label', { has: scene.page.getByTestId('mode-quad') }).click()
      await scene.page.getByTestId('handle-topLeft').press('Shift+ArrowRight')
    },
  },
  {
    name: 'editor-turned',
    async reach(scene) {
      await edited(scene)
      await scene.page.getByTestId('turn-right').click()
      await scene.page.getByTestId('turn-mirror').click()
      await scene.page.getByTestId('editor-words').scrollIntoViewIfNeeded()
    },
  },
]

const KEPT = { id: 'a-kept-search', expires_at: '2031-05-04T10:00:00Z', delete_key: 'key', may_delete: true, kind: 'image', example: null, picture_url: '' }

export const KEEPING: State[] = [
  {
    name: 'keep-asked',
    async reach(scene) {
      await found(scene)
      await scene.page.getByTestId('keep').click()
      await expect(scene.page.getByTestId('keep-confirm')).toBeVisible()
    },
  },
  {
    name: 'kept',
    async reach(scene) {
      const kept = { ...KEPT, image_id: await imageOfPrint(scene.request), framing: { crop: null, quad: null, rotate: 0, mirror: false }, filters: {} }
      await found(scene, '', (answer) => Object.assign(answer, { kept }))
      await scene.page.getByTestId('keep').click()
      await scene.page.getByTestId('keep-confirm').click()
      await expect(scene.page.getByTestId('kept-link')).toBeFocused()
    },
  },
  {
    name: 'kept-gone',
    async reach({ page, allowComplaints }) {
      allowComplaints(/status of 404/)
      await page.goto('/?kept=nobody-kept-this')
      await expect(page.getByTestId('kept-gone')).toBeVisible()
    },
  },
]

/** The server cannot search now, and says when to ask again. */
function refused(name: string, status: number, code: string): State {
  return {
    name,
    async reach(scene) {
      scene.allowComplaints(new RegExp(`status of ${status}`))
      await scene.page.route(SEARCHES, (route) => route.fulfill(failure(status, code, { 'Retry-After': '900' })))
      await failed(scene)
    },
  }
}

export const FAILURES: State[] = [
  refused('failed-extractor', 503, 'extractor_away'),
  {
    name: 'failed-connection',
    async reach(scene) {
      scene.allowComplaints(/ERR_FAILED/)
      await scene.page.route(SEARCHES, (route) => route.abort())
      await failed(scene)
    },
  },
  refused('failed-throttled', 429, 'throttled'),
  {
    name: 'failed-picture-gone',
    async reach({ page }) {
      await page.goto('/?upload=12345')
      await expect(page.getByTestId('error')).toBeVisible()
    },
  },
]

const item = (page: Page, state: string) => page.locator(`[data-testid=queue-item][data-state=${state}]`)

async function queued({ page, request }: Scene): Promise<void> {
  await page.goto('/queue')
  await page.getByTestId('choose').setInputFiles([await picture(request, 'Schrank 3, Mappe 12.webp'), await picture(request, 'IMG_2041.webp')])
}

export const QUEUE: State[] = [
  {
    name: 'queue-empty',
    async reach({ page }) {
      await page.goto('/queue')
      await expect(page.getByTestId('queue-keeps')).toBeVisible()
    },
  },
  {
    name: 'queue-running',
    async reach(scene) {
      await hold(scene.page)
      await queued(scene)
      await expect(scene.page.locator('[data-testid=queue-item][aria-busy=true]')).toHaveCount(1)
    },
  },
  {
    name: 'queue-done',
    async reach(scene) {
      await answered(scene.page, scene.request)
      await queued(scene)
      await expect(item(scene.page, 'done')).toHaveCount(2)
      await scene.page.getByTestId('queue-open').first().click()
      await expect(scene.page.getByTestId('queue-choices')).toBeVisible()
    },
  },
  {
    name: 'queue-failed',
    async reach(scene) {
      scene.allowComplaints(/status of 400/)
      const { page } = scene
      await answered(page, scene.request)
      await page.route(SEARCHES, (route) => route.fulfill(failure(400, 'image_unreadable')), { times: 1 })
      await queued(scene)
      await expect(item(page, 'failed')).toHaveCount(1)
      await expect(item(page, 'done')).toHaveCount(1)
    },
  },
]
