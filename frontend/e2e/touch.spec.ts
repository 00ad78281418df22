/** Two fingers, on what can be enlarged; and the whole window, where a telephone gives no element the whole screen. */
import type { CDPSession, Locator, Page } from '@playwright/test'

import { answered, imageOfPrint } from './answers'
import { firstPrint } from './prints'
import { expect, picturesShown, test } from './test'

test.skip(({ isMobile }) => !isMobile, 'For fingers.')

type Kind = 'touchStart' | 'touchMove' | 'touchEnd'
type Finger = readonly [x: number, y: number]
const STEPS = 8

/** Fingers as the browser gets them from a screen, with all that it makes of them itself. */
async function fingersOn(page: Page): Promise<(type: Kind, fingers: Finger[]) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page)
  return async (type, fingers) => {
    const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }))
    await session.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
}

async function centreOf(place: Locator): Promise<Finger> {
  await place.scrollIntoViewIfNeeded()
  const box = await place.boundingBox()
  if (!box) throw new Error('It is not shown.')
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** Two fingers that go from so far apart to so far apart, about the middle of a place. */
async function pinch(page: Page, place: Locator, from: number, to: number): Promise<void> {
  const touch = await fingersOn(page)
  const [x, y] = await centreOf(place)
  const apart = (distance: number): Finger[] => [[x - distance / 2, y], [x + distance / 2, y]]
  await touch('touchStart', apart(from))
  for (let step = 1; step <= STEPS; step++) await touch('touchMove', apart(from + ((to - from) * step) / STEPS))
  await touch('touchEnd', [])
}

/** The page itself is as large as before. */
const scaleOfPage = (page: Page): Promise<number> => page.evaluate(() => visualViewport?.scale ?? 0)

async function openOverlay(page: Page): Promise<Locator> {
  await answered(page, page.request)
  await page.goto(`/?image=${await imageOfPrint(page.request)}`)
  await page.getByTestId('compare').first().tap()
  await page.getByTestId('view-overlay').tap()
  await picturesShown(page)
  return page.getByTestId('zoom-pane')
}

const widthOf = (pane: Locator): Promise<number> => pane.evaluate((element) => element.scrollWidth / element.clientWidth)

test('two fingers enlarge the overlay about the place between them, and one moves it', async ({ page }) => {
  const pane = await openOverlay(page)
  expect(await widthOf(pane)).toBeLessThan(1.02)
  await pinch(page, pane, 80, 200)
  // What was in the middle stays there.
  await expect.poll(() => widthOf(pane)).toBeGreaterThan(2)
  expect(await pane.evaluate((element) => (element.scrollLeft + element.clientWidth / 2) / element.scrollWidth)).toBeCloseTo(0.5, 1)
  expect(await scaleOfPage(page)).toBe(1)

  const touch = await fingersOn(page)
  const [x, y] = await centreOf(pane)
  const before = await pane.evaluate((element) => element.scrollLeft)
  await touch('touchStart', [[x, y]])
  for (let step = 1; step <= STEPS; step++) await touch('touchMove', [[x - 8 * step, y]])
  await expect.poll(() => pane.evaluate((element) => element.scrollLeft)).toBeGreaterThan(before + 20)
  // A second finger comes to the one that scrolls: test.ts fails for a complaint of the browser's.
  await touch('touchStart', [[x - 64, y], [x + 40, y]])
  for (let step = 1; step <= STEPS; step++) await touch('touchMove', [[x - 64, y], [x + 40 + 4 * step, y]])
  await touch('touchEnd', [])

  await pinch(page, pane, 240, 30)
  await expect.poll(() => widthOf(pane)).toBeLessThan(1.02)
  expect(await scaleOfPage(page)).toBe(1)
})

test('two fingers look into a scan', async ({ page }) => {
  await page.goto(`/prints/${(await firstPrint(page.request)).id}`)
  await page.getByTestId('closer').tap()
  const stage = page.getByTestId('scan-stage')
  await expect(stage).toHaveAttribute('data-status', 'open')
  await expect(page.getByTestId('search-part')).toHaveCount(0)
  await pinch(page, stage, 60, 260)
  await expect(page.getByTestId('search-part')).toBeVisible()
  expect(await scaleOfPage(page)).toBe(1)
  await pinch(page, stage, 300, 30)
  await expect(page.getByTestId('search-part')).toHaveCount(0)
  expect(await scaleOfPage(page)).toBe(1)
})

test.describe('where no element gets the whole screen', () => {
  test.beforeEach(({ page }) => page.addInitScript(() => Object.defineProperty(document, 'fullscreenEnabled', { value: undefined })))

  const fills = (place: Locator): Promise<boolean> =>
    place.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      return left === 0 && top === 0 && width === innerWidth && height === innerHeight && document.elementFromPoint(innerWidth / 2, 1)?.closest('header.app-header') === null
    })

  const layer = (place: Locator): Promise<number> => place.evaluate((element) => Number(getComputedStyle(element).zIndex))

  test('the comparison fills the window, and a button or Escape leads out', async ({ page, shoot }) => {
    const pane = await openOverlay(page)
    const evidence = page.getByTestId('evidence')
    const button = page.getByTestId('full-screen')
    await button.tap()
    await expect.poll(() => fills(evidence)).toBe(true)
    // What comes over the page comes over it, too: Vuetify's dialogs and menus begin at 2000.
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'a.png', { type: 'image/png' }))
      window.dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }))
    })
    expect(await layer(evidence)).toBeLessThan(Math.min(2000, await layer(page.locator('.picture-drop-overlay'))))
    await page.evaluate(() => window.dispatchEvent(new DragEvent('dragleave')))
    await expect(button).toHaveAttribute('aria-pressed', 'true')
    await pinch(page, pane, 80, 200)
    await expect.poll(() => widthOf(pane)).toBeGreaterThan(1.5)
    await shoot('window-filled')
    await button.tap()
    await expect.poll(() => fills(evidence)).toBe(false)
    await button.tap()
    await expect.poll(() => fills(evidence)).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => fills(evidence)).toBe(false)
    expect(await page.evaluate(() => document.documentElement.className)).not.toContain('window-filled')
  })

  test('the scan fills the window', async ({ page }) => {
    await page.goto(`/prints/${(await firstPrint(page.request)).id}`)
    await page.getByTestId('closer').tap()
    await expect(page.getByTestId('scan-stage')).toHaveAttribute('data-status', 'open')
    await page.getByTestId('scan-full').tap()
    await expect.poll(() => fills(page.getByTestId('scan'))).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => fills(page.getByTestId('scan'))).toBe(false)
    await expect(page.getByTestId('scan-close')).toBeVisible()
  })
})
