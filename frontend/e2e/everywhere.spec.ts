/** What holds on each page for visitors: four languages on the smallest phone, no network, the app on the device. */
import type { Page } from '@playwright/test'

import { firstPrint } from './prints'
import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

const LANGUAGES = ['en', 'de', 'fr', 'it'] as const
const SMALLEST = { width: 360, height: 740 }

/** An address of each kind of page for visitors, with prints of the collection under test. */
async function addresses(page: Page): Promise<string[]> {
  const print = await firstPrint(page.request)
  return ['/', '/prints', `/prints/${print.id}`, `/?image=${print.image.id}`, '/queue', '/about', '/sign-in', '/nowhere']
}

/** Texts that begin or end outside the screen and cannot be scrolled to: cut words. */
function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element): boolean => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    function reachable(element: Element): boolean {
      for (let one: Element | null = element; one; one = one.parentElement) if (scrolls(one)) return true
      return false
    }
    return [...document.querySelectorAll<HTMLElement>('#page *, header *, footer *')]
      .filter((one) => one.children.length === 0 && one.innerText?.trim() && one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => one.clientWidth !== 1 && !one.closest('.visually-hidden, .app-skip, select'))
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect()
        return (left < -1 || right > innerWidth + 1) && !reachable(one)
      })
      .map((one) => one.innerText)
  })
}

test('every page for visitors fits a phone of 360 px in four languages', async ({ page, isMobile, shoot }) => {
  test.skip(!isMobile, 'One width, with touch.')
  await page.setViewportSize(SMALLEST)
  for (const address of await addresses(page)) {
    await page.goto(address)
    await expect(page.locator('h1').first()).toBeVisible()
    for (const language of LANGUAGES) {
      await page.locator('header select').first().selectOption(language)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      expect([address, language, await sidewaysScroll(page)]).toEqual([address, language, 0])
      expect([address, language, await cutWords(page)]).toEqual([address, language, []])
      await shoot(`360-${language}${address.replace(/\W+/g, '-')}`)
    }
  }
})

test('the search box for other sites fits as well', async ({ page, isMobile }) => {
  test.skip(!isMobile, 'One width, with touch.')
  await page.setViewportSize({ width: 280, height: 500 })
  await page.goto('/embed?lang=de')
  await expect(page.locator('h1')).toHaveText('Welcher Druck ist das?')
  expect([await sidewaysScroll(page), await cutWords(page)]).toEqual([0, []])
})

test.describe('the app on the device', () => {
  test.use({ serviceWorkers: 'allow' })

  test('opens without a network and says so, and has kept no picture and no answer', { tag: '@desktop' }, async ({ page, context, allowComplaints }) => {
    allowComplaints(/ERR_INTERNET_DISCONNECTED/)
    await page.goto('/prints')
    await expect(page.locator('.print-wall img').first()).toBeVisible()
    // From here on the worker answers: what it keeps is all there.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await page.reload()
    await expect(page.locator('.print-wall img').first()).toBeVisible()
    const kept = await page.evaluate(async () => {
      const stores = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
      return stores.flat().map((request) => new URL(request.url).pathname)
    })
    expect(kept).toContain('/')
    expect(kept.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([])
    await context.setOffline(true)
    // (A page that is loaded while Chromium only plays at being offline is told that it has a network.)
    await expect(page.getByRole('status').filter({ hasText: 'No network' })).toBeVisible()
    await page.goto('/about')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('About Recto')
    await context.setOffline(false)
  })

  test('offers a new version and leaves the page alone', { tag: '@desktop' }, async ({ page }) => {
    await page.goto('/about')
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await expect(page.getByTestId('new-version')).toHaveCount(0)
    // As the worker of another build says when it has taken over.
    await page.evaluate(() => navigator.serviceWorker.dispatchEvent(new MessageEvent('message', { data: { entry: '/assets/index-other.js' } })))
    await expect(page.getByTestId('new-version')).toBeVisible()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByTestId('new-version').getByRole('button', { name: 'Later' }).click()
    await expect(page.getByTestId('new-version')).toHaveCount(0)
  })
})

test('the manifest names the app, its start and icons that are there', { tag: '@desktop' }, async ({ page }) => {
  await page.goto('/about')
  const href = await page.locator('link[rel=manifest]').getAttribute('href')
  const manifest = (await (await page.request.get(href ?? '')).json()) as { name: string; start_url: string; icons: { src: string; type: string }[] }
  expect(manifest.name).toMatch(/^Recto/)
  for (const { src, type } of manifest.icons) {
    const answer = await page.request.get(src)
    expect([src, answer.status(), answer.headers()['content-type']]).toEqual([src, 200, type])
  }
})
