/** Refining a search: a part of the picture, the sheet's corners, turned, mirrored, filtered; each with its address. */
import type { Locator, Page, Request } from '@playwright/test'

import { imageOfPrint } from './answers'
import { tiff } from './pictures'
import { accessibilityProblems, expect, picturesShown, sidewaysScroll, test } from './test'

const SHEET = [[0.2, 0.1], [0.8, 0.1], [0.8, 0.9], [0.2, 0.9]]

const editor = (page: Page) => page.getByTestId('editor')
const handle = (page: Page, name: string) => page.getByTestId(`handle-${name}`)
const chips = (page: Page) => page.getByTestId('refinements').getByTestId('chip')

interface Answer {
  query: { sheet: unknown }
  results: Record<string, unknown>[]
}

/** So many searches of a test are answered by the server, then its last answer serves: the page is under test. */
const ASKED = 2

/** The server's answers, but that the sheet and the match lie where the test knows. */
async function knownPlaces(page: Page, quad: number[][] = SHEET): Promise<Request[]> {
  const searches: Request[] = []
  let answer: Answer = { query: { sheet: null }, results: [] }
  await page.route('**/api/v1/searches/', async (route) => {
    searches.push(route.request())
    if (searches.length <= ASKED) answer = (await (await route.fetch()).json()) as Answer
    const match = { inliers: 50, quad, record_quad: [[0, 0], [1, 0], [1, 1], [0, 1]], mirrored: false, points: [], query_image_id: null }
    const results = answer.results.map((result, index) => ({ ...result, verdict: index ? null : 'same_image', match: index ? null : match }))
    await route.fulfill({ json: { ...answer, verdict: 'same_image', notices: [], query: { ...answer.query, sheet: { quad, source: 'edges' } }, results } })
  })
  return searches
}

async function opened(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await searched(page)
}

async function searched(page: Page): Promise<void> {
  await expect(page.locator('.search-results-main')).toHaveAttribute('aria-busy', 'false')
  await expect(page.getByTestId('result').first()).toBeVisible()
}

async function openEditor(page: Page): Promise<void> {
  await page.getByTestId('edit-picture').click()
  await expect(editor(page)).toBeVisible()
  await picturesShown(page)
}

/** Drags by finger on a phone, by mouse on a desktop; `onTheWay` looks while it is held. */
async function drag(page: Page, from: Locator, [x, y]: [number, number], touch: boolean, onTheWay: () => Promise<void>): Promise<void> {
  const box = await from.boundingBox()
  if (!box) throw new Error('What is to be dragged is not shown.')
  const start = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const end = { x: start.x + x, y: start.y + y }
  if (!touch) {
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(end.x, end.y, { steps: 4 })
    await onTheWay()
    return page.mouse.up()
  }
  const session = await page.context().newCDPSession(page)
  const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await finger('touchStart', [start])
  await finger('touchMove', [{ x: start.x + x / 2, y: start.y + y / 2 }])
  await finger('touchMove', [end])
  await onTheWay()
  await finger('touchEnd', [])
  await session.detach()
}

function percentOf(told: string | null): number[] {
  return (told?.match(/\d+/g) ?? []).map(Number)
}

// What is still asked for when a test ends is of no interest.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }))

test('a part of the picture, turned and mirrored, is searched with; its address keeps it, back and forward', async ({ page, request, isMobile, shoot }) => {
  const searches = await knownPlaces(page)
  const plain = `/?image=${await imageOfPrint(request)}`
  await opened(page, plain)
  await openEditor(page)
  for (const size of [await handle(page, 'left').boundingBox(), await page.getByTestId('turn-left').boundingBox(), await page.getByTestId('editor-apply').boundingBox()]) {
    expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44)
  }
  await drag(page, handle(page, 'topLeft'), [60, 45], isMobile, async () => {
    await expect(page.getByTestId('loupe')).toBeVisible()
    await shoot('editor-drag')
  })
  await expect(page.getByTestId('loupe')).toBeHidden()
  const [left = 0, top = 0] = percentOf(await handle(page, 'topLeft').getAttribute('aria-valuetext'))
  expect(Math.min(left, top)).toBeGreaterThan(2)
  await page.getByTestId('turn-right').click()
  await page.getByTestId('turn-mirror').click()
  await expect(page.getByTestId('editor-words')).toContainText('Part of the picture · Turned right by 90° · Mirrored')
  await page.getByTestId('editor-undo').click()
  await expect(page.getByTestId('editor-words')).not.toContainText('Mirrored')
  await page.getByTestId('editor-redo').click()
  await shoot('editor-crop')
  expect(await accessibilityProblems(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await page.getByTestId('editor-apply').click()

  await expect(page).toHaveURL(/crop=0\.\d+,0\.\d+,0\.\d+,0\.\d+&rotate=90&mirror=true$/)
  const refined = page.url()
  await expect(chips(page)).toHaveCount(3)
  await searched(page)
  const body = searches.at(-1)?.postData() ?? ''
  for (const part of ['crop', 'rotate', 'mirror']) expect(body).toContain(`name="${part}"`)
  await shoot('refined')
  expect(await accessibilityProblems(page)).toEqual([])

  await page.reload()
  await expect(chips(page)).toHaveCount(3)
  await searched(page)
  await page.goBack()
  await expect(page).toHaveURL(plain)
  await expect(chips(page)).toHaveCount(0)
  await page.goForward()
  await expect(page).toHaveURL(refined)
  await chips(page).last().click()
  await expect(page).toHaveURL(/rotate=90$/)
  await expect(chips(page).last()).toBeFocused()
  await page.getByTestId('undo-refinement').click()
  await expect(page).toHaveURL(refined)
  await page.getByTestId('whole-picture').click()
  await expect(page).toHaveURL(plain)
})

test('the corners of the sheet are set beforehand, dragged, searched with, and taken back', async ({ page, request, isMobile, shoot }) => {
  const searches = await knownPlaces(page)
  const plain = `/?image=${await imageOfPrint(request)}`
  await opened(page, `${plain}&crop=0.1,0.1,0.5,0.5`)
  await openEditor(page)
  await page.getByTestId('editor-reset').click()
  await page.locator('label', { has: page.getByTestId('mode-quad') }).click()
  await expect(handle(page, 'bottomRight')).toHaveAttribute('aria-valuetext', '80 % from the left, 90 % from the top')
  await drag(page, handle(page, 'bottomRight'), [-30, -30], isMobile, async () => {
    await expect(page.getByTestId('loupe')).toBeVisible()
  })
  await expect(handle(page, 'bottomRight')).not.toHaveAttribute('aria-valuetext', '80 % from the left, 90 % from the top')
  await shoot('editor-corners')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByTestId('editor-apply').click()
  await expect(page).toHaveURL(/&quad=0\.2,0\.1,0\.8,0\.1,[\d.]+,[\d.]+,0\.2,0\.9$/)
  await searched(page)
  expect(searches.at(-1)?.postData()).not.toContain('name="crop"')
  await page.getByTestId('undo-refinement').click()
  await expect(page).toHaveURL(/crop=0\.1,0\.1,0\.5,0\.5$/)
})

test('the editor is worked by keyboard alone', { tag: '@desktop' }, async ({ page, request }) => {
  await knownPlaces(page)
  await opened(page, `/?image=${await imageOfPrint(request)}`)
  await page.getByTestId('edit-picture').focus()
  await page.keyboard.press('Enter')
  await expect(editor(page)).toBeVisible()
  const reach = async (wanted: Locator): Promise<void> => {
    await expect(async () => {
      await page.keyboard.press('Tab')
      await expect(wanted).toBeFocused({ timeout: 200 })
    }).toPass()
  }
  await reach(handle(page, 'left'))
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(handle(page, 'left')).toHaveAttribute('aria-valuetext', '11 % from the left')
  await page.keyboard.press('Control+z')
  await expect(handle(page, 'left')).toHaveAttribute('aria-valuetext', '0 % from the left')
  await page.keyboard.press('Control+Shift+z')
  await expect(handle(page, 'left')).toHaveAttribute('aria-valuetext', '11 % from the left')
  await page.keyboard.press('Escape')
  await expect(editor(page)).toBeHidden()
  await expect(page.getByTestId('edit-picture')).toBeFocused()
  expect(page.url()).not.toContain('crop')

  await page.keyboard.press('Enter')
  await reach(handle(page, 'left'))
  await page.keyboard.press('Shift+ArrowRight')
  await reach(page.getByTestId('turn-left'))
  await page.keyboard.press('Space')
  await reach(page.getByTestId('editor-apply'))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/crop=0\.05,0,0\.95,1&rotate=270$/)
})

test('the outline of the match stays where it is when the picture is cut, turned and mirrored', { tag: '@desktop' }, async ({ page, request }) => {
  await knownPlaces(page)
  await opened(page, `/?image=${await imageOfPrint(request)}&crop=0.05,0.05,0.9,0.9&rotate=90&mirror=true`)
  await picturesShown(page)
  const shares = () =>
    page.getByTestId('outlines').first().evaluate((svg) => {
      const [whole, part] = [svg.getBoundingClientRect(), (svg.querySelector('.outlined-picture-line') as Element).getBoundingClientRect()]
      const share = (from: number, length: number): number => Math.round((100 * from) / length)
      return [share(part.left - whole.left, whole.width), share(part.top - whole.top, whole.height), share(part.width, whole.width), share(part.height, whole.height)]
    })
  // x 0.2–0.8 and y 0.1–0.9 of the upright picture: turned by 90° and mirrored, x and y are exchanged.
  await expect(async () => {
    const wanted = [10, 20, 80, 60]
    for (const [index, share] of (await shares()).entries()) expect(Math.abs(share - (wanted[index] ?? 0))).toBeLessThanOrEqual(2)
  }).toPass()
  const turned = await page.getByTestId('query-picture').evaluate((image) => getComputedStyle(image).transform)
  expect(turned.match(/-?\d+/g)?.slice(0, 4).map(Number)).toEqual([0, 1, 1, 0])
})

test('a picture that the browser cannot show is turned and mirrored all the same', async ({ page, request, shoot, allowComplaints }) => {
  allowComplaints(/./)
  const image = await request.get(`/media/images/${await imageOfPrint(request)}/display/`)
  await page.goto('/')
  await page.getByTestId('choose').first().setInputFiles(await tiff(page, await image.body()))
  await searched(page)
  await page.getByTestId('edit-picture').click()
  await expect(page.getByTestId('editor-unseen')).toContainText('cannot show this picture')
  await expect(editor(page).getByRole('slider')).toHaveCount(0)
  await shoot('editor-unseen')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByTestId('turn-left').click()
  await page.getByTestId('editor-apply').click()
  await expect(page).toHaveURL(/rotate=270$/)
  await expect(chips(page)).toHaveText(['Turned left by 90°'])
})

test('filters count at each choice, are chips, and are taken back', async ({ page, request, isMobile, shoot }) => {
  const searches = await knownPlaces(page)
  const plain = `/?image=${await imageOfPrint(request)}`
  await opened(page, plain)
  const options = page.locator('label:has([data-testid=filter-technique])')
  const before = searches.length
  if (isMobile) await page.getByTestId('open-filters').click()
  await expect(options.nth(1)).toBeAttached()
  const [name = '', count = ''] = await options.first().locator('span').allTextContents()
  await options.first().click()
  await expect(options.first().locator('input')).toBeChecked()
  if (isMobile) {
    const { total } = (await (await request.get('/api/v1/facets/')).json()) as { total: number }
    const shows = (left: string) => expect(page.getByTestId('close-filters')).toHaveText(new RegExp(`^\\s*Show ${left} prints?\\s*$`))
    await shows(count)
    await options.first().click()
    await shows(String(total))
    await options.first().click()
    await shows(count)
    await shoot('filter-sheet')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(page.url()).not.toContain('technique')
    expect(searches).toHaveLength(before)
    await page.getByTestId('close-filters').click()
  }
  await expect(page).toHaveURL(/technique=\d+$/)
  await searched(page)
  expect(searches).toHaveLength(before + 1)
  await expect(page.getByTestId('summary')).toContainText(`of ${count} prints`)
  await expect(chips(page)).toHaveText([name])
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('filter-chips')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.goBack()
  await expect(page).toHaveURL(plain)
  await expect(chips(page)).toHaveCount(0)
  await page.goForward()
  await chips(page).click()
  await expect(page).toHaveURL(plain)
  await page.getByTestId('undo-refinement').click()
  await expect(chips(page)).toHaveText([name])
})
