/** Every page for visitors in each of its states, and how it is brought into it; the search's are in searchStates.ts. */
import { expect, type APIRequestContext, type BrowserContext, type Locator, type Page } from '@playwright/test'

import { answered, answerFor, imageOfPrint, SEARCHES } from './answers'
import { firstPrint, picture } from './prints'

/** What a state is made with. */
export interface Scene {
  page: Page
  request: APIRequestContext
  context: BrowserContext
  isMobile: boolean
  /** What the page rightly complains of in this state. */
  allowComplaints: (pattern: RegExp) => void
}

export interface State {
  /** Of the picture, too: in lower case, with hyphens. */
  name: string
  /** Brings a new page into it, and waits for it. Nothing is said by words: it holds in every language. */
  reach: (scene: Scene) => Promise<void>
  /** Looked at also at 200 % and with the narrowest screen that WCAG 2.2 asks for (1.4.10). */
  enlarged?: boolean
}

export function failure(status: number, code: string, headers: Record<string, string> = {}) {
  return { status, headers, json: { error: { code, message: 'The server says why.', fields: {} } } }
}

const wall = (page: Page): Locator => page.locator('.print-wall img').first()

async function open(page: Page, address: string, seen: Locator): Promise<void> {
  await page.goto(address)
  await expect(seen).toBeVisible()
}

export const START: State[] = [
  {
    name: 'start',
    enlarged: true,
    async reach({ page }) {
      await open(page, '/', wall(page))
      await expect(page.getByTestId('example').first()).toBeVisible()
    },
  },
  {
    name: 'start-recent',
    async reach({ page, request }) {
      await answered(page, request)
      await open(page, `/?image=${await imageOfPrint(request)}`, page.getByTestId('result').first())
      await expect.poll(() => page.evaluate(() => localStorage.getItem('recto.recent'))).toContain('image=')
      await open(page, '/', page.getByTestId('recent-search'))
      await expect(wall(page)).toBeVisible()
      await page.getByTestId('recent').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'start-camera',
    async reach({ page }) {
      await page.goto('/')
      await page.getByTestId('live-camera').click()
      await expect(page.getByTestId('live-view')).toHaveAttribute('data-state', 'live')
    },
  },
  {
    name: 'start-camera-refused',
    async reach({ page }) {
      await page.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
      })
      await page.goto('/')
      await page.getByTestId('live-camera').click()
      await expect(page.getByTestId('camera-again')).toBeVisible()
    },
  },
  {
    name: 'start-bad-address',
    async reach({ page }) {
      await open(page, '/', wall(page))
      await page.getByTestId('address').fill('not an address')
      await page.getByTestId('address').press('Enter')
      await expect(page.getByTestId('address')).toHaveAttribute('aria-invalid', 'true')
    },
  },
  {
    name: 'start-refused',
    async reach({ page }) {
      await open(page, '/', wall(page))
      await page.getByTestId('choose').setInputFiles({ name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
      await expect(page.getByTestId('error')).toBeVisible()
    },
  },
  {
    name: 'start-offline',
    async reach({ page, context, allowComplaints }) {
      // The wall's pictures come when they are scrolled to.
      allowComplaints(/ERR_INTERNET_DISCONNECTED/)
      await open(page, '/', wall(page))
      await context.setOffline(true)
      await expect(page.locator('.app-offline')).toBeVisible()
    },
  },
  {
    name: 'start-new-version',
    async reach({ page }) {
      await open(page, '/', wall(page))
      // As the worker of another build says when it has taken over.
      await expect(async () => {
        await page.evaluate(() => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { entry: '/assets/index-other.js' } })))
        await expect(page.getByTestId('new-version')).toBeVisible({ timeout: 1000 })
      }).toPass()
    },
  },
]

export const COLLECTION: State[] = [
  { name: 'collection', enlarged: true, reach: ({ page }) => open(page, '/prints', wall(page)) },
  {
    name: 'collection-suggestions',
    async reach({ page, request }) {
      const { people } = (await answerFor(request)).results.map(({ print }) => print).find((print) => print.people.length > 0) ?? { people: [] }
      await open(page, '/prints', wall(page))
      await page.getByTestId('filter-q').first().pressSequentially((people[0]?.name ?? '').slice(0, 5))
      await expect(page.getByTestId('suggestion').first()).toBeVisible()
    },
  },
  {
    name: 'collection-words',
    async reach({ page, request }) {
      const { title } = await firstPrint(request)
      await open(page, `/prints?q=${encodeURIComponent(title)}`, page.locator('.print-wall mark').first())
    },
  },
  {
    name: 'collection-years',
    async reach({ page, isMobile }) {
      await open(page, '/prints', wall(page))
      if (isMobile) await page.getByTestId('open-filters').click()
      const from = page.getByTestId('years-from')
      await from.press('ArrowRight')
      await page.getByTestId('year-bars').scrollIntoViewIfNeeded()
    },
  },
  { name: 'collection-empty', reach: ({ page }) => open(page, '/prints?q=zzzzqqq', page.getByTestId('empty')) },
  {
    name: 'collection-failed',
    async reach({ page, allowComplaints }) {
      allowComplaints(/status of 503/)
      await page.route('**/api/v1/prints/?*', (route) => route.fulfill(failure(503, 'busy', { 'Retry-After': '900' })))
      await open(page, '/prints', page.getByTestId('error'))
    },
  },
]

async function openRecord({ page, request }: Scene): Promise<number> {
  const { id } = await firstPrint(request)
  await open(page, `/prints/${id}`, page.getByTestId('picture'))
  await expect(page.locator('.print-similar').getByTestId('skeleton')).toHaveCount(0)
  return id
}

export const RECORD: State[] = [
  { name: 'record', enlarged: true, reach: async (scene) => void (await openRecord(scene)) },
  {
    name: 'record-cite',
    async reach(scene) {
      await openRecord(scene)
      await scene.page.getByTestId('cite').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'record-similar',
    async reach(scene) {
      await openRecord(scene)
      await scene.page.getByTestId('result').last().scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'record-zoomed',
    async reach(scene) {
      await openRecord(scene)
      await scene.page.getByTestId('closer').click()
      await expect(scene.page.getByTestId('scan-stage')).toHaveAttribute('data-status', 'open')
      await scene.page.getByTestId('scan-in').click()
      await scene.page.getByTestId('scan-in').click()
      await expect(scene.page.getByTestId('search-part')).toBeVisible()
    },
  },
  {
    name: 'record-bare',
    async reach({ page, request }) {
      const { id } = await firstPrint(request)
      const print = (await (await request.get(`/api/v1/prints/${id}/`)).json()) as Record<string, unknown>
      const bare = { title: '', people: [], date: '', classification: '', techniques: [], licence: '', licence_url: '', record_url: '', extra: {}, relations: [] }
      await page.route(`**/api/v1/prints/${id}/`, (route) => route.fulfill({ json: { ...print, ...bare, images: [] } }))
      await open(page, `/prints/${id}`, page.getByTestId('no-picture'))
    },
  },
  {
    name: 'record-missing',
    async reach({ page, allowComplaints }) {
      allowComplaints(/status of 404/)
      await open(page, '/prints/999999999', page.getByTestId('error'))
    },
  },
]

export const OTHERS: State[] = [
  { name: 'about', reach: ({ page }) => open(page, '/about', page.getByTestId('searched')) },
  { name: 'not-found', reach: ({ page }) => open(page, '/no/such/page', page.locator('h1')) },
  { name: 'sign-in', reach: ({ page }) => open(page, '/sign-in', page.getByTestId('sign-in')) },
  {
    name: 'sign-in-refused',
    async reach({ page, allowComplaints }) {
      allowComplaints(/status of 400/)
      await page.route('**/api/v1/session/', (route) => (route.request().method() === 'POST' ? route.fulfill(failure(400, 'wrong_password')) : route.fallback()))
      await open(page, '/sign-in', page.getByTestId('sign-in'))
      await page.getByTestId('username').locator('input').fill('nobody')
      await page.getByTestId('password').locator('input').fill('nothing')
      await page.getByTestId('sign-in').click()
      await expect(page.getByTestId('action-error')).toBeVisible()
    },
  },
  { name: 'embed', reach: ({ page }) => open(page, '/embed', page.locator('h1')) },
  {
    name: 'embed-results',
    async reach({ page, request }) {
      await answered(page, request)
      await page.goto('/embed')
      await page.getByTestId('embed-choose').setInputFiles(await picture(request))
      await expect(page.getByTestId('embed-result').first()).toBeVisible()
    },
  },
  {
    name: 'embed-failed',
    async reach({ page, request, allowComplaints }) {
      allowComplaints(/status of 503/)
      await page.route(SEARCHES, (route) => route.fulfill(failure(503, 'extractor_away')))
      await page.goto('/embed')
      await page.getByTestId('embed-choose').setInputFiles(await picture(request))
      await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
    },
  },
]
