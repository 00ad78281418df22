/** The test of these files: skipped by name without browser or server, and watched for what must never happen. */
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

import { expect, test as base, type Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

import { findChromium, NO_BROWSER, NO_SERVER } from './browser'

/** What Playwright itself says where playwright.config.ts blocks them. */
const NO_SERVICE_WORKER = 'Service Worker registration blocked by Playwright'
/** Of a file that is fetched ahead: it says only how slow the machine is. */
const NOT_YET_USED = /was preloaded using link preload but not used within a few seconds/

interface Watched {
  available: undefined
  slowdown: undefined
  /** What the page may complain of in this test, besides nothing. */
  allowComplaints: (pattern: RegExp) => void
  /** Keeps a picture of the screen, where RECTO_E2E_SCREENSHOTS names a folder. */
  shoot: (name: string) => Promise<void>
}

/** Watches the page during a test; fails it for a request elsewhere or a complaint that was not allowed. */
async function watchPage(
  { page, baseURL }: { page: Page; baseURL: string | undefined },
  use: (allow: Watched['allowComplaints']) => Promise<void>,
): Promise<void> {
  const allowed: RegExp[] = []
  const complaints: string[] = []
  const elsewhere: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.text() !== NO_SERVICE_WORKER && !NOT_YET_USED.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!isOwn(request.url(), baseURL)) elsewhere.push(request.url())
  })
  await use((pattern) => void allowed.push(pattern))
  expect(elsewhere, 'requests that leave the origin').toEqual([])
  const unexpected = complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))
  expect(unexpected, 'what the page complained of on the console').toEqual([])
}

export const test = base.extend<Watched>({
  available: [
    // Playwright reads the fixtures that are wanted from this pattern: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use, testInfo) => {
      testInfo.skip(findChromium() === null, NO_BROWSER)
      testInfo.skip(!process.env.RECTO_E2E_URL, NO_SERVER)
      await use(undefined)
    },
    { auto: true },
  ],
  /** RECTO_E2E_SLOWDOWN=6: as on a machine that is six times as slow, where what is read too early comes to light. */
  slowdown: [
    async ({ page }, use) => {
      const rate = Number(process.env.RECTO_E2E_SLOWDOWN ?? 1)
      if (rate > 1) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate })
      await use(undefined)
    },
    { auto: true },
  ],
  allowComplaints: [watchPage, { auto: true }],
  shoot: async ({ page }, use, testInfo) => {
    const folder = process.env.RECTO_E2E_SCREENSHOTS
    await use(async (name) => {
      if (!folder) return
      await page.evaluate(() => document.fonts.ready)
      // A search that a test holds back is never idle.
      await Promise.race([picturesShown(page), page.waitForTimeout(5000)])
      await movedIntoPlace(page)
      await page.screenshot({ path: join(folder, `${name}-${testInfo.project.name}.png`) })
    })
  },
})

function isOwn(url: string, baseURL: string | undefined): boolean {
  const { protocol, origin } = new URL(url)
  return protocol === 'blob:' || protocol === 'data:' || origin === new URL(baseURL ?? url).origin
}

/** Waits for the pictures that are on the screen. */
export async function picturesShown(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.images]
      .filter((image) => {
        const { top, bottom } = image.getBoundingClientRect()
        return bottom > 0 && top < innerHeight && image.loading !== 'lazy'
      })
      .every((image) => image.complete),
  )
  await page.waitForLoadState('networkidle')
}

/** Looks again while it is not as wanted: on a busy machine things are still on their way. What stays is the answer. */
async function lastLook<T>(look: () => Promise<T>, wanted: T): Promise<T> {
  let seen = await look()
  if (isDeepStrictEqual(seen, wanted)) return seen
  await expect
    .poll(async () => (seen = await look()), { timeout: 10_000 })
    .toEqual(wanted)
    .catch(() => undefined)
  return seen
}

/** Waits for what fades, folds or slides: half visible is half readable. What turns for ever is not waited for. */
async function movedIntoPlace(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  )
}

/** WCAG 2.0, 2.1 and 2.2, A and AA, and good practice are axe's own choice but for this one: targets of 24 pixels (2.5.8). */
const EVERYTHING: RunOptions = { rules: { 'target-size': { enabled: true } } }

/** What axe finds wrong for people who cannot see, hear or use a mouse, once the page of the address is there. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // The code of a page is fetched when it is first asked for: until then there is only the frame, rightly without a heading.
  await expect(page.locator('.shell')).toHaveCount(0)
  await expect(page.locator('h1').first()).toBeVisible()
  // Evaluated, not injected as a script: the content security policy would rightly refuse that. Once a document.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return lastLook(async () => {
    await movedIntoPlace(page)
    const results = await page.evaluate((options) => (window as unknown as { axe: typeof axe }).axe.run(options), EVERYTHING)
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  }, [])
}

/** The same in the light and in the dark: the page follows the device. */
export async function problemsInBothThemes(page: Page): Promise<string[]> {
  const light = await accessibilityProblems(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await accessibilityProblems(page)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map((problem) => `in the dark: ${problem}`)]
}

/** How far the page can be scrolled sideways: 0 where it fits. */
export function sidewaysScroll(page: Page): Promise<number> {
  return lastLook(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 0)
}

export { expect }
