/** What is shown before the page's code is there: in the visitor's language and colours, at the place where it stays. */
import type { Page } from '@playwright/test'

import { expect, test } from './test'
import { say } from './texts'

const CODE = /\/assets\/start-[^/]*\.js$/

/** Holds the page's code back; the answer lets it through. */
async function withoutCode(page: Page): Promise<() => void> {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route(CODE, async (route) => {
    await held
    await route.continue()
  })
  return release
}

/** The place of the heading and of the sentence below it, once they are in their face. */
async function places(page: Page): Promise<number[]> {
  await page.evaluate(() => document.fonts.ready)
  const found = ['.search-start-heading', '.search-start-sentence', '.app-wordmark'].map((part) => page.locator(part).boundingBox())
  return (await Promise.all(found)).flatMap((box) => (box ? [box.x, box.y, box.width, box.height] : []))
}

test('the first words are there before the code, and stay where they are', async ({ page }) => {
  const release = await withoutCode(page)
  await page.goto('/', { waitUntil: 'commit' })
  await expect(page.locator('.shell h1')).toHaveText(say('en', 'start.heading'))
  await expect(page.locator('.shell')).toHaveCSS('background-color', 'rgb(241, 240, 237)')
  const before = await places(page)
  release()
  await expect(page.locator('.shell')).toHaveCount(0)
  await expect(page.getByTestId('choose')).toBeAttached()
  const moved = (await places(page)).map((place, index) => Math.abs(place - (before[index] ?? NaN)))
  expect(moved).toHaveLength(12)
  expect(Math.max(...moved)).toBeLessThan(1)
})

test.describe('for a visitor who reads German', () => {
  test.use({ locale: 'de-CH' })

  test('they are German, unless another language was chosen, and dark where that was chosen', async ({ page }) => {
    const release = await withoutCode(page)
    await page.goto('/', { waitUntil: 'commit' })
    await expect(page.locator('.shell h1')).toHaveText(say('de', 'start.heading'))
    await page.evaluate(() => localStorage.setItem('recto.preferences', JSON.stringify({ locale: 'en', theme: 'dark' })))
    await page.goto('/', { waitUntil: 'commit' })
    await expect(page.locator('.shell')).toHaveCSS('background-color', 'rgb(22, 22, 21)')
    await expect(page.locator('.shell h1')).toBeHidden()
    release()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('en', 'start.heading'))
    await expect(page.locator('.v-application')).toHaveCSS('background-color', 'rgb(22, 22, 21)')
  })
})

test('another page shows no words of the start page', async ({ page }) => {
  const release = await withoutCode(page)
  await page.goto('/about', { waitUntil: 'commit' })
  await expect(page.locator('.shell .app-wordmark')).toBeVisible()
  await expect(page.locator('h1')).toHaveCount(0)
  release()
  await expect(page.locator('h1')).toHaveText(say('en', 'about.heading'))
})
