import type { APIRequestContext, Page } from '@playwright/test'

import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

interface Example {
  slug: string
  title: string
  print_id: number | null
}

interface Answer {
  results: { print: { id: number; title: string; techniques: string[] }; image: { id: number } }[]
}

const results = (page: Page) => page.getByTestId('result')

async function searchFor(request: APIRequestContext, multipart: Record<string, string>): Promise<Answer> {
  return (await (await request.post('/api/v1/searches/', { multipart })).json()) as Answer
}

/** An example whose print the descriptor finds first: the page is under test here, not the descriptor. */
async function exampleThatIsFound(request: APIRequestContext): Promise<Example> {
  const examples = (await (await request.get('/api/v1/examples/')).json()) as Example[]
  for (const example of examples) {
    const answer = await searchFor(request, { example: example.slug, limit: '1' })
    if (answer.results[0]?.print.id === example.print_id) return example
  }
  throw new Error(`None of ${examples.length} examples finds its print first.`)
}

test('the start page shows the ways in, examples and the collection', async ({ page, shoot }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which print is this?')
  await expect(page.getByTestId('example').first()).toBeVisible()
  await expect(page.locator('.print-wall img').first()).toBeVisible()
  await expect(page.getByTestId('descriptor')).toContainText('@')
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('start')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the start page is pleasant in the dark, too', async ({ page, shoot }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto('/')
  await expect(page.locator('.print-wall img').first()).toBeVisible()
  await shoot('start-dark')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('clicking an example finds its print', async ({ page, request, shoot }) => {
  const example = await exampleThatIsFound(request)
  await page.goto('/')
  await page.getByTestId('example').and(page.locator(`[href="/?example=${example.slug}"]`)).click()
  await expect(results(page).first().locator('h3 a')).toHaveAttribute('href', `/prints/${example.print_id}`)
  await expect(results(page)).toHaveCount(25)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('results')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('a picture of a print, uploaded, finds that print', async ({ page, request, shoot }) => {
  const example = await exampleThatIsFound(request)
  const print = (await (await request.get(`/api/v1/prints/${example.print_id}/`)).json()) as { images: { image_url: string }[] }
  const picture = await request.get(print.images[0]?.image_url ?? '')
  await page.goto('/')
  await page.getByTestId('choose').setInputFiles({ name: 'print.jpg', mimeType: 'image/jpeg', buffer: await picture.body() })
  await expect(page.getByTestId('query-picture')).toHaveAttribute('src', /^blob:/)
  await expect(results(page).first().locator('h3 a')).toHaveAttribute('href', `/prints/${example.print_id}`)
  await shoot('upload')
})

test('what is no picture is refused in a sentence', async ({ page, shoot, allowComplaints }) => {
  allowComplaints(/status of 4\d\d/)
  await page.goto('/')
  await page.getByTestId('choose').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture at all') })
  await expect(page.getByTestId('error')).toBeVisible()
  await expect(page.getByTestId('error').locator('p').nth(1)).not.toBeEmpty()
  await shoot('refused')
})

test('a filter narrows the results and is in the address', async ({ page, request, isMobile, shoot }) => {
  const example = await exampleThatIsFound(request)
  await page.goto(`/?example=${example.slug}`)
  await expect(results(page).first()).toBeVisible()
  if (isMobile) await page.getByTestId('open-filters').click()
  const option = page.locator('label', { has: page.getByTestId('filter-technique') }).first()
  const technique = (await option.locator('span').first().textContent()) ?? ''
  await option.click()
  if (isMobile) {
    await shoot('filters')
    await page.getByTestId('close-filters').click()
  }
  await expect(page).toHaveURL(/technique=\d+/)
  await expect(page.getByTestId('summary')).toContainText('best of')
  for (const card of await results(page).all()) await expect(card).toContainText(technique)
  await page.reload()
  await expect(results(page).first()).toContainText(technique)
  await shoot('filtered')
})

test('filters that leave nothing say so and can be cleared', async ({ page, request, shoot }) => {
  const example = await exampleThatIsFound(request)
  await page.goto(`/?example=${example.slug}&q=zzzzqqq`)
  await expect(page.getByTestId('empty')).toBeVisible()
  await shoot('empty')
  await page.getByTestId('empty').getByRole('button').click()
  await expect(results(page).first()).toBeVisible()
})

test('a result leads to the print, and back to the same results', async ({ page, request, shoot }) => {
  const example = await exampleThatIsFound(request)
  await page.goto(`/?example=${example.slug}`)
  await results(page).nth(1).locator('h3 a').click()
  await expect(page).toHaveURL(/\/prints\/\d+$/)
  await expect(page.getByTestId('picture')).toBeVisible()
  await expect(page.getByTestId('inventory-number')).not.toBeEmpty()
  await expect(results(page).first()).toBeVisible()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('detail')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Back to the results' }).click()
  await expect(page).toHaveURL(`/?example=${example.slug}`)
  await expect(results(page)).toHaveCount(25)
})

test('a result can be the next question', async ({ page, request }) => {
  const example = await exampleThatIsFound(request)
  await page.goto(`/?example=${example.slug}`)
  const second = results(page).nth(1)
  const href = await second.locator('h3 a').getAttribute('href')
  await second.getByTestId('search-with').click()
  await expect(page).toHaveURL(/\?image=\d+$/)
  await expect(results(page).first().locator('h3 a')).toHaveAttribute('href', href ?? '')
})

test('while the extractor is away the page counts down and finds by itself when it is back', async ({
  page,
  request,
  shoot,
  allowComplaints,
}) => {
  allowComplaints(/status of 503/)
  const example = await exampleThatIsFound(request)
  const sentence = 'The feature extractor does not answer. Browsing still works; try again in a few seconds.'
  await page.route('**/api/v1/searches/', (route) =>
    route.fulfill({
      status: 503,
      headers: { 'Retry-After': '8' },
      json: { error: { code: 'extractor_away', message: sentence, fields: {} } },
    }),
  )
  await page.goto(`/?example=${example.slug}`)
  await expect(page.getByTestId('error')).toContainText(sentence)
  await expect(page.getByTestId('countdown')).toContainText('Trying again in')
  await shoot('error')
  await page.unroute('**/api/v1/searches/')
  await expect(results(page).first()).toBeVisible()
})

test('without a network the page says so', async ({ page, context, allowComplaints }) => {
  allowComplaints(/ERR_INTERNET_DISCONNECTED/)
  await page.goto('/about')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await context.setOffline(true)
  await expect(page.getByText('No network.')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('No network.')).toBeHidden()
})
