/** The results of a search: what they say, to everybody; how they come, are gone through, kept and printed. */
import type { APIRequestContext, Page } from '@playwright/test'

import { answered, answerFor, imageOfPrint, results, SEARCHES, type Answer } from './answers'
import { itemsOfList, watchShifts } from './observing'
import { arranged, spots } from './pictures'
import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

async function open(page: Page, request: APIRequestContext, rest = ''): Promise<void> {
  await page.goto(`/?image=${await imageOfPrint(request)}${rest}`)
  await expect(results(page).first()).toBeVisible()
}

test('a screen reader finds rank, verdict, title, people and date of each result in a list', async ({ page, request }) => {
  await answered(page, request)
  for (const view of ['', '&view=list']) {
    await open(page, request, view)
    const { results: found } = await answerFor(request)
    const [first] = found
    if (!first) throw new Error('Nothing was found.')
    const session = await page.context().newCDPSession(page)
    await expect(async () => {
      const [item = ''] = await itemsOfList(session, 'The same image')
      for (const part of ['Rank 1', 'Same image', first.print.title, first.print.people[0]?.name ?? '', first.print.date]) expect(item).toContain(part)
      const same = found.filter(({ verdict }) => verdict === 'same_image').length
      const others = await itemsOfList(session, 'Only looks similar')
      expect(others[0]).toContain(`Rank ${found.find(({ verdict }) => verdict === null || verdict === 'similar')?.rank}`)
      expect(others.length).toBeLessThanOrEqual(25 - same)
    }).toPass({ timeout: 60_000 })
  }
  expect(await accessibilityProblems(page)).toEqual([])
})

test('results come all in one answer, are shown by and by, and are there again on the way back', async ({ page, request, shoot }) => {
  const asked = await answered(page, request)
  await open(page, request)
  await expect(results(page)).toHaveCount(25)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await shoot('results-groups')
  const count = Math.min(100, (await answerFor(request)).results.length)
  // By the keyboard: the focus goes on with what came.
  await page.getByTestId('more').focus()
  await page.keyboard.press('Enter')
  await expect(results(page).nth(25).locator('h3 a')).toBeFocused()
  await expect(page.getByTestId('shown')).toContainText(`of ${count} results shown`)
  // By scrolling.
  await expect(async () => {
    await page.mouse.wheel(0, 4000)
    expect(await results(page).count()).toBe(count)
  }).toPass({ timeout: 60_000 })
  await expect(page.getByTestId('more')).toHaveCount(0)
  const link = results(page).nth(60).locator('h3 a')
  await link.scrollIntoViewIfNeeded()
  const before = await link.evaluate((element) => Math.round(element.getBoundingClientRect().top))
  await link.click()
  await expect(page).toHaveURL(/\/prints\/\d+$/)
  await expect(page.getByTestId('inventory-number').or(page.locator('#print-heading')).first()).toBeVisible()
  await page.goBack()
  await expect(results(page)).toHaveCount(count)
  await expect.poll(() => link.evaluate((element) => Math.round(element.getBoundingClientRect().top))).toBe(before)
  expect(asked()).toBe(1)
})

test('nothing moves while results come', async ({ page, request }) => {
  const shifted = await watchShifts(page)
  await answered(page, request)
  for (const view of ['', '&view=list']) {
    await open(page, request, view)
    await page.waitForLoadState('networkidle')
    expect(await shifted()).toBeLessThan(0.001)
  }
})

test('the structure of a card costs little: plain elements, pictures with their size, late ones lazily', async ({ page, request }) => {
  await answered(page, request)
  await open(page, request)
  await expect(results(page)).toHaveCount(25)
  const pictures = await results(page).locator('img').evaluateAll((images) =>
    images.map((image) => ['width', 'height', 'decoding', 'loading'].map((name) => image.getAttribute(name) ?? '')),
  )
  expect(pictures.every(([width, height, decoding]) => Number(width) > 0 && Number(height) > 0 && decoding === 'async')).toBe(true)
  expect(pictures.at(-1)?.[3]).toBe('lazy')
  expect(await results(page).locator('.v-btn, .v-icon').count()).toBe(0)
  expect(await results(page).first().locator('*').count()).toBeLessThan(45)
})

test('the dense list is gone through by keys, which never disturb writing', { tag: '@desktop' }, async ({ page, request, context, shoot }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await answered(page, request)
  await open(page, request)
  await page.getByTestId('show-list').click()
  await expect(page).toHaveURL(/view=list/)
  const link = (place: number) => results(page).nth(place).locator('[data-open]')
  await page.keyboard.press('j')
  await expect(link(0)).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await expect(link(2)).toBeFocused()
  await page.keyboard.press('k')
  await expect(link(1)).toBeFocused()
  await page.keyboard.press('i')
  const { results: found } = await answerFor(request)
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(found[1]?.print.inventory_number)
  await page.keyboard.press('?')
  await expect(page.getByTestId('keys-help')).toBeVisible()
  await shoot('results-keys')
  await page.keyboard.press('Escape')
  await expect(link(1)).toBeFocused()
  await page.keyboard.press('c')
  await expect(page.getByTestId('evidence')).toBeVisible()
  await page.goBack()
  await expect(results(page).nth(1).locator('[data-compare]')).toBeFocused()
  await expect(page).toHaveURL(/view=list/)
  // In a text field the keys are letters.
  const words = page.locator('.search-results-filters input').first()
  await words.focus()
  await page.keyboard.type('jki?')
  await expect(words).toHaveValue('jki?')
  // Remembered on this device.
  await page.goto(`/?image=${await imageOfPrint(request)}`)
  await expect(page.getByTestId('show-list')).toHaveAttribute('aria-pressed', 'true')
})

test('a whole search by keyboard alone, up to the record', { tag: '@desktop' }, async ({ page, request }) => {
  await page.goto('/about')
  const { results: found } = await answerFor(request)
  const picture = await arranged(page, { urls: [found[0]?.image.image_url ?? ''] })
  await page.goto('/')
  await expect(page.getByTestId('choose')).toBeAttached()
  const chosen = page.waitForEvent('filechooser')
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(() => document.activeElement?.matches('[data-testid=choose]'))) break
  }
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(picture)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(results(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(results(page).first().locator('[data-open]')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/prints\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('what is only similar is apart from what was found, and is compared side by side', async ({ page, request, shoot }) => {
  await answered(page, request)
  await open(page, request)
  await expect(page.getByTestId('group-same_image')).toContainText('Same image')
  await expect(page.getByTestId('group-rest')).toContainText('Nothing confirms these')
  await page.getByTestId('group-rest').getByTestId('compare-plain').first().click()
  await expect(page.getByTestId('evidence-words')).toContainText('Nothing was found in the same arrangement')
  const panes = page.getByTestId('beside').getByTestId('zoom-pane')
  const widths = () => panes.locator('.zoom-pane-content').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
  const before = await widths()
  await page.getByTestId('zoom-in').first().click()
  await expect(async () => {
    const now = await widths()
    for (const [place, width] of before.entries()) expect((now[place] ?? 0) / width).toBeCloseTo(1.5, 2)
  }).toPass()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('results-beside')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('what is not in the collection is said plainly, and a notice says what it means', async ({ page, request, shoot }) => {
  const none = (answer: Answer): Answer => ({ ...answer, verdict: 'not_found', results: answer.results.filter(({ verdict }) => verdict === null) })
  await answered(page, request, none)
  await open(page, request)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Probably not in this collection')
  await expect(page.getByTestId('group-same_image')).toHaveCount(0)
  await expect(page.getByTestId('group-rest').getByRole('heading', { level: 2 })).toHaveText('What comes nearest')
  await shoot('results-absent')
  await page.unroute(SEARCHES)
  await answered(page, request, (answer) => ({ ...none(answer), verdict: null, notices: [{ code: 'look_not_compared', message: 'x' }] }))
  await page.reload()
  await expect(page.getByTestId('notice')).toContainText('The look of the whole picture could not be compared')
})

test('too many searches, a slow server and no network are each said, and it goes on by itself', async ({ page, request, context, shoot, allowComplaints }) => {
  allowComplaints(/status of 429|ERR_INTERNET_DISCONNECTED/)
  const address = `/?image=${await imageOfPrint(request)}`
  await page.route(SEARCHES, (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '30' }, json: { error: { code: 'throttled', message: 'Too many searches from this address.', fields: {} } } }),
  )
  await page.goto(address)
  await expect(page.getByTestId('error')).toContainText('Too many searches at once')
  await expect(page.getByTestId('countdown')).toContainText('Trying again in')
  await shoot('results-throttled')
  await page.unroute(SEARCHES)

  let answerNow: () => void = () => undefined
  const held = new Promise<void>((resolve) => (answerNow = resolve))
  const json = await answerFor(request)
  await page.route(SEARCHES, async (route) => {
    await held
    await route.fulfill({ json })
  })
  await page.getByTestId('error').getByRole('button').first().click()
  await expect(page.getByTestId('slow')).toContainText('Still searching')
  await shoot('results-slow')
  answerNow()
  await expect(results(page).first()).toBeVisible()
  await page.unroute(SEARCHES)

  await context.setOffline(true)
  await page.getByTestId('mirror').locator('input').check()
  await expect(page.getByTestId('error')).toContainText('No network')
  await answered(page, request)
  await context.setOffline(false)
  await expect(results(page).first()).toBeVisible()
})

test('the list is saved as a table and printed with its numbers', { tag: '@desktop' }, async ({ page, request, shoot }) => {
  await answered(page, request)
  await open(page, request)
  const { results: found } = await answerFor(request)
  const download = page.waitForEvent('download')
  await page.getByTestId('csv').click()
  const file = await download
  expect(file.suggestedFilename()).toBe('recto-results.csv')
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString('utf8').split('\r\n')
  expect(lines[0]).toBe('\uFEFFrank,verdict,score,record_id,inventory_number,title,people,date,institution,record_url')
  expect(lines.length).toBe(found.length + 2)
  expect(lines[1]).toContain(found[0]?.print.inventory_number)

  await page.evaluate(() => {
    window.print = () => void document.documentElement.setAttribute('data-printed', 'yes')
  })
  await page.getByTestId('print-results').click()
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByTestId('query-picture').first()).toBeVisible()
  await expect(page.getByTestId('verdict')).toBeVisible()
  await expect(results(page).first()).toContainText(found[0]?.print.inventory_number ?? '')
  await expect(page.getByTestId('printed')).toContainText('Searched with Recto on')
  for (const hidden of ['.app-header', '.search-results-filters', '.search-results-tools']) await expect(page.locator(hidden).first()).toBeHidden()
  await shoot('results-printed')
})

test('at 200 % and with little motion nothing is cut off', { tag: '@desktop' }, async ({ page, request }) => {
  await page.setViewportSize({ width: 640, height: 450 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await answered(page, request)
  for (const view of ['', '&view=list']) {
    await open(page, request, view)
    expect(await sidewaysScroll(page)).toBe(0)
  }
})

test('a picture that is not there at all is answered with what is nearest', async ({ page, shoot }) => {
  await page.goto('/about')
  const picture = await spots(page)
  await page.goto('/')
  await page.getByTestId('choose').setInputFiles(picture)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(results(page).first()).toBeVisible()
  await expect(page.getByTestId('group-same_image')).toHaveCount(0)
  await shoot('results-nearest')
})
