/** Browsing without a picture: words, years, chance, and a wall that goes on. */
import type { Locator, Page } from '@playwright/test'

import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

interface Found {
  id: number
  inventory_number: string
  people: { name: string }[]
}

/** A print of the collection at hand that has what the test is about. */
async function aPrint(page: Page, has: (print: Found) => boolean): Promise<Found> {
  const answer = await page.request.get('/api/v1/prints/?page_size=100')
  const { results } = (await answer.json()) as { results: Found[] }
  const found = results.find(has)
  if (!found) throw new Error('The collection has no print for this test.')
  return found
}

function words(page: Page): Locator {
  return page.getByTestId('filter-q').first()
}

async function atTheWall(page: Page, address = '/prints'): Promise<void> {
  await page.goto(address)
  await expect(page.locator('.print-wall img').first()).toBeVisible()
}

/** Where the filters are: beside the wall, or in a sheet. */
async function openFilters(page: Page, isMobile: boolean): Promise<void> {
  if (isMobile) await page.getByTestId('open-filters').click()
  await expect(page.getByTestId('years-from')).toBeVisible()
}

test('a person is suggested while typing, and chosen by keyboard', async ({ page, shoot }) => {
  const { people } = await aPrint(page, (print) => print.people.length > 0)
  const name = people[0]?.name ?? ''
  await atTheWall(page)
  const field = words(page)
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await field.pressSequentially(name.slice(0, 5))
  const option = page.getByRole('option', { name: new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) }).first()
  await expect(option).toBeVisible()
  await shoot('suggestions')
  expect(await accessibilityProblems(page)).toEqual([])
  await field.press('ArrowDown')
  await expect(field).toHaveAttribute('aria-activedescendant', /.+/)
  await field.press('Escape')
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await field.press('ArrowDown')
  await expect(option).toBeVisible()
  for (let step = 0; step < 8 && (await option.getAttribute('aria-selected')) !== 'true'; step += 1) await field.press('ArrowDown')
  await field.press('Enter')
  await expect(page).toHaveURL(/person=\d+/)
  await expect(page.getByTestId('chip')).toContainText(name)
  await expect(field).toHaveValue('')
})

test('an inventory number is found however it is written, and marked', async ({ page, shoot }) => {
  const { inventory_number: number } = await aPrint(page, (print) => /\d{2}/.test(print.inventory_number))
  await atTheWall(page)
  await words(page).fill(number.replace(/[^\p{L}\p{N}]/gu, ''))
  await words(page).press('Enter')
  const first = page.locator('.print-wall li').first()
  await expect(first).toContainText(number)
  await words(page).fill(number)
  await words(page).press('Enter')
  await expect(first.locator('mark').first()).toBeVisible()
  await shoot('words')
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('where nothing was found, what would find something is offered with its count', async ({ page, shoot }) => {
  const { people } = await aPrint(page, (print) => print.people.length > 0)
  const word = (people[0]?.name ?? '').split(/[\s,]+/)[0] ?? ''
  await page.goto(`/prints?q=${encodeURIComponent(`${word} zzzqqq`)}`)
  const advice = page.getByTestId('advice').filter({ hasText: 'zzzqqq' })
  await expect(advice).toBeVisible()
  const count = /(\d+) print/.exec(await advice.innerText())?.[1] ?? ''
  await shoot('nothing-found')
  expect(await accessibilityProblems(page)).toEqual([])
  await advice.click()
  await expect(page.getByTestId('summary')).toHaveText(new RegExp(`^${count} print`))
  await expect(words(page)).toHaveValue(word)
  await page.goBack()
  await expect(advice).toBeVisible()
})

test('years are chosen by sliders and by a tap on a bar, and the fields are in step', async ({ page, isMobile, shoot }) => {
  await atTheWall(page)
  await openFilters(page, isMobile)
  const from = page.getByTestId('years-from')
  const least = Number(await from.getAttribute('min'))
  await from.focus()
  await from.press('ArrowRight')
  await from.press('ArrowRight')
  await expect(from).toHaveAttribute('aria-valuetext', String(least + 2))
  const field = page.getByTestId('filter-year-from').locator('input').or(page.locator('input[data-testid=filter-year-from]')).first()
  await expect(field).toHaveValue(String(least + 2))
  await page.getByText('Numbers as a table').click()
  await expect(page.locator('.filter-panel-years-table tbody tr').first()).toBeVisible()
  await page.getByText('Numbers as a table').click()
  await page.getByTestId('year-bars').scrollIntoViewIfNeeded()
  await shoot('years')
  expect(await accessibilityProblems(page)).toEqual([])
  const bars = page.getByTestId('year-bars')
  const box = await bars.boundingBox()
  if (!box) throw new Error('The bars are not on the screen.')
  const last = { x: box.width - 2, y: box.height / 2 }
  if (isMobile) await bars.tap({ position: last })
  else await bars.click({ position: last })
  await expect(field).not.toHaveValue(String(least + 2))
  const chosen = await field.inputValue()
  if (isMobile) await page.getByTestId('close-filters').click()
  await expect(page).toHaveURL(new RegExp(`year_from=${chosen}`))
  await expect(page.getByTestId('chip')).toContainText(chosen)
})

test('a drag over the bars chooses their years', { tag: '@desktop' }, async ({ page }) => {
  await atTheWall(page)
  const box = await page.getByTestId('year-bars').boundingBox()
  if (!box) throw new Error('The bars are not on the screen.')
  await page.mouse.move(box.x + box.width * 0.45, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 10, { steps: 4 })
  await page.mouse.move(box.x + box.width * 0.75, box.y + 10, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/year_from=-?\d+.*year_to=-?\d+/)
})

test('chance leads to a print, and to another one', async ({ page, shoot }) => {
  await atTheWall(page)
  await page.getByTestId('surprise').click()
  await expect(page).toHaveURL(/\/prints\/\d+\?surprise=1/)
  const first = page.url()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByTestId('another').click()
  await expect(page).not.toHaveURL(first)
  await expect(page.getByTestId('another')).toBeFocused()
  await shoot('another')
  await page.goBack()
  await expect(page).toHaveURL(/\/prints$/)
})

test('the wall goes on while it is scrolled, and back leads to where it was', async ({ page }) => {
  await atTheWall(page, '/prints?order=title')
  const prints = page.locator('.print-wall li')
  const before = await prints.count()
  await page.getByTestId('shown').scrollIntoViewIfNeeded()
  await expect.poll(() => prints.count()).toBeGreaterThan(before)
  await expect(page).toHaveURL(/page=\d/)
  const far = prints.nth(before + 3)
  await far.scrollIntoViewIfNeeded()
  const address = await far.getByRole('link').getAttribute('href')
  await far.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await page.goBack()
  await expect(page.locator(`.print-wall a[href="${address}"]`)).toBeInViewport()
  await page.reload()
  await expect(page.locator(`.print-wall a[href="${address}"]`)).toBeInViewport()
})

test('a list that cannot be had says so and can be asked for again', async ({ page, allowComplaints }) => {
  allowComplaints(/503|Failed to load/)
  await page.route('**/api/v1/prints/?*', (route) => route.fulfill({ status: 503, json: { error: { code: 'busy', message: 'Busy.', fields: {} } } }), { times: 1 })
  await page.goto('/prints')
  await expect(page.getByTestId('error')).toBeVisible()
  await page.getByTestId('error').getByRole('button').click()
  await expect(page.locator('.print-wall img').first()).toBeVisible()
})
