import type { APIRequestContext, Page } from '@playwright/test'

import { arranged, spots, type Upload } from './pictures'
import { accessibilityProblems, expect, picturesShown, sidewaysScroll, test } from './test'

interface Found {
  slug: string
  printId: number
}

interface Answer {
  verdict: string | null
  query: { sheet: { source: string } | null }
  results: { verdict: string | null; match: { inliers: number } | null; print: { id: number }; image: { image_url: string } }[]
}

const verdict = (page: Page) => page.getByTestId('verdict')
const evidence = (page: Page) => page.getByTestId('evidence')

async function search(request: APIRequestContext, multipart: Record<string, string | Upload>): Promise<Answer> {
  return (await (await request.post('/api/v1/searches/', { multipart })).json()) as Answer
}

/** An example that shows all of a print that is confirmed: the page is under test here, not the search. */
async function confirmedExample(request: APIRequestContext): Promise<Found> {
  const examples = (await (await request.get('/api/v1/examples/')).json()) as { slug: string }[]
  for (const { slug } of examples) {
    const { verdict: found, query, results } = await search(request, { example: slug, limit: '3' })
    if (found === 'same_image' && query.sheet?.source === 'match' && results[0]?.match) return { slug, printId: results[0].print.id }
  }
  throw new Error(`None of ${examples.length} examples is confirmed.`)
}

async function picturesOfPrints(request: APIRequestContext): Promise<string[]> {
  const page = (await (await request.get('/api/v1/prints/?page_size=60')).json()) as { results: { image: { image_url: string } }[] }
  return page.results.map(({ image }) => image.image_url)
}

/** Two prints on one table, each of which the search confirms: again, the page is under test. */
async function twoWorks(page: Page, request: APIRequestContext): Promise<Upload> {
  const urls = await picturesOfPrints(request)
  for (let first = 0; first + 1 < Math.min(urls.length, 16); first += 2) {
    const picture = await arranged(page, { urls: [urls[first] ?? '', urls[first + 1] ?? ''] })
    const { results } = await search(request, { image: picture, limit: '3' })
    if (results.slice(0, 2).every(({ match }) => match) && !results[2]?.match) return picture
  }
  throw new Error('No two prints on one table were both found.')
}

/** Where an SVG shape is on the screen, its line's own width left out. */
function shapeOnScreen(shape: Element): { x: number; y: number; width: number; height: number } {
  const polygon = shape as SVGPolygonElement
  const matrix = polygon.getScreenCTM() as DOMMatrix
  const { x, y, width, height } = polygon.getBBox()
  return { x: x * matrix.a + matrix.e, y: y * matrix.d + matrix.f, width: width * matrix.a, height: height * matrix.d }
}

async function upload(page: Page, make: (page: Page) => Promise<Upload>): Promise<void> {
  await page.goto('/about')
  const picture = await make(page)
  await page.goto('/')
  await page.getByTestId('choose').setInputFiles(picture)
}

test('the verdict says in words what was found, and each result carries its own', async ({ page, request, shoot }) => {
  const { slug, printId } = await confirmedExample(request)
  await page.goto(`/?example=${slug}`)
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'same_image')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/in the collection|show the same image|works were found/)
  const first = page.getByTestId('result').first()
  await expect(first.getByTestId('verdict-badge')).toContainText('Same image')
  await expect(first.locator('h3 a')).toHaveAttribute('href', `/prints/${printId}`)
  // The verdict and what was found are on the first screen, on a phone too.
  for (const part of [page.getByRole('heading', { level: 1 }), first.locator('img'), first.locator('h3')]) await expect(part).toBeInViewport({ ratio: 1 })
  await expect(page.getByTestId('outlines').first()).toBeAttached()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('verdict')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the evidence draws the match, and leads back to where it came from', async ({ page, request, shoot }) => {
  const { slug } = await confirmedExample(request)
  await page.goto(`/?example=${slug}`)
  await page.getByTestId('compare').first().click()
  await expect(page).toHaveURL(/evidence=\d+/)
  await expect(evidence(page).getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByTestId('evidence-words')).toContainText('same arrangement')
  await expect.poll(() => page.getByTestId('match-drawing').locator('line').count()).toBeGreaterThan(6)
  await expect(page.getByTestId('match-drawing').locator('polygon')).toHaveCount(2)
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('evidence')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByTestId('evidence-back').click()
  await expect(page).toHaveURL(`/?example=${slug}`)
  await expect(page.getByTestId('compare').first()).toBeFocused()
})

test('the overlay lays the record where it was found', async ({ page, request, shoot }) => {
  const { slug } = await confirmedExample(request)
  await page.goto(`/?example=${slug}`)
  await page.getByTestId('compare').first().click()
  await page.getByTestId('view-overlay').click()
  await expect(page).toHaveURL(/look=overlay/)
  await picturesShown(page)
  // The warped picture and the outline of the match are two ways to the same place.
  await expect(async () => {
    const warped = await page.getByTestId('warped').boundingBox()
    const outline = await page.getByTestId('overlay').locator('polygon').evaluate(shapeOnScreen)
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs((warped?.[side] ?? 0) - outline[side]), side).toBeLessThan(2)
    }
  }).toPass({ timeout: 60_000 })
  await page.getByTestId('opacity').focus()
  await page.keyboard.press('End')
  await expect(page.getByTestId('overlay-layer')).toHaveCSS('opacity', '1')
  await page.keyboard.press('Home')
  await expect(page.getByTestId('overlay-layer')).toHaveCSS('opacity', '0')
  for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowRight')
  await expect(page.getByTestId('overlay-layer')).toHaveCSS('opacity', '0.6')
  await shoot('overlay')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the wipe follows its slider and its line', async ({ page, request, shoot }) => {
  const { slug } = await confirmedExample(request)
  await page.goto(`/?example=${slug}`)
  await page.getByTestId('compare').first().click()
  await page.getByTestId('view-wipe').click()
  await page.getByTestId('wipe').focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByTestId('overlay-layer')).toHaveCSS('clip-path', 'inset(0px 0px 0px 51%)')
  // A picture that comes later would move the line away from under the pointer.
  await picturesShown(page)
  await page.getByTestId('wipe-line').scrollIntoViewIfNeeded()
  const [line, stage] = [await page.getByTestId('wipe-line').boundingBox(), await page.getByTestId('overlay').boundingBox()]
  if (!line || !stage) throw new Error('The overlay is not shown.')
  await page.mouse.move(line.x + line.width / 2, line.y + 20)
  await page.mouse.down()
  await page.mouse.move(stage.x + stage.width / 4, line.y + 20)
  await page.mouse.up()
  await expect(page.getByTestId('overlay-layer')).toHaveCSS('clip-path', 'inset(0px 0px 0px 25%)')
  await shoot('wipe')
})

test('the evidence is enlarged and moved by keyboard', { tag: '@desktop' }, async ({ page, request }) => {
  const { slug } = await confirmedExample(request)
  await page.goto(`/?example=${slug}`)
  await page.getByTestId('compare').first().click()
  const pane = page.getByTestId('zoom-pane')
  await pane.focus()
  const surplus = (): Promise<number> => pane.evaluate((element) => element.scrollWidth - element.clientWidth)
  await expect.poll(surplus).toBeLessThanOrEqual(1)
  for (let i = 0; i < 3; i++) await page.keyboard.press('+')
  await expect.poll(surplus).toBeGreaterThan(100)
  const before = await pane.evaluate((element) => element.scrollLeft)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => pane.evaluate((element) => element.scrollLeft)).toBeGreaterThan(before)
  await page.keyboard.press('0')
  await expect.poll(surplus).toBeLessThanOrEqual(1)
})

test('a link leads to the evidence; a picture of the visitor survives a reload, but on no other device, and the page says so', async ({ page, request, shoot }) => {
  const { slug } = await confirmedExample(request)
  await page.goto(`/?example=${slug}`)
  const href = await page.getByTestId('compare').first().getAttribute('href')
  await page.goto(href ?? '')
  await expect(evidence(page)).toBeVisible()

  const [print] = await picturesOfPrints(request)
  await upload(page, (now) => arranged(now, { urls: [print ?? ''] }))
  await page.getByTestId('compare').first().click()
  await expect(evidence(page)).toBeVisible()
  await page.reload()
  await expect(evidence(page)).toBeVisible()
  // As on another device, which was sent the address.
  await page.goto(page.url().replace(/upload=\d+/, 'upload=12345'))
  await expect(page.getByTestId('error')).toContainText('Choose it again')
  await shoot('gone')
  await page.getByTestId('search-with-record').click()
  await expect(page).toHaveURL(/\?image=\d+$/)
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'same_image')
})

test('several works in one picture are each found and outlined', async ({ page, request, shoot }) => {
  await upload(page, (now) => twoWorks(now, request))
  await expect(page.getByTestId('places').locator('li')).toHaveCount(2)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('2 works were found in your picture')
  await picturesShown(page)
  const marks = page.getByTestId('places').locator('.outlined-picture-line')
  await expect(async () => {
    const [one, other] = [await marks.nth(0).boundingBox(), await marks.nth(1).boundingBox()]
    const [left, right] = [one, other].sort((a, b) => (a?.x ?? 0) - (b?.x ?? 0))
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan((right?.x ?? 0) + 2)
  }).toPass({ timeout: 60_000 })
  await shoot('works')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('a mirrored picture is said to be mirrored', async ({ page, request, shoot }) => {
  const [print] = await picturesOfPrints(request)
  await upload(page, (now) => arranged(now, { urls: [print ?? ''], mirrored: true }))
  await page.getByTestId('mirror').locator('input').check()
  await expect(page).toHaveURL(/mirror=true/)
  await expect(page.getByTestId('result').first().getByTestId('verdict-badge')).toContainText('mirrored')
  await page.getByTestId('compare').first().click()
  await expect(page.getByTestId('evidence-words')).toContainText('left and right are exchanged')
  await page.getByTestId('view-overlay').click()
  await shoot('mirrored')
})

test('what is not in the collection is said not to be confirmed', async ({ page, shoot }) => {
  await upload(page, spots)
  await expect(verdict(page)).toHaveAttribute('data-verdict', /not_found|similar/)
  await expect(page.getByTestId('compare')).toHaveCount(0)
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('absent')
  expect(await accessibilityProblems(page)).toEqual([])
})
