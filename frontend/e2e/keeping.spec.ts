/** Several pictures at once, searches that are kept on the server, and those that this device remembers. */
import { readFile } from 'node:fs/promises'

import type { APIRequestContext, Page } from '@playwright/test'

import { spots, type Upload } from './pictures'
import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

interface Listed {
  id: number
  title: string
  image: { id: number; image_url: string } | null
}

const BROKEN: Upload = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') }

/** Pictures of records: what is searched for is surely found, as itself. */
async function records(request: APIRequestContext, count: number): Promise<{ print: Listed; upload: Upload }[]> {
  const page = (await (await request.get(`/api/v1/prints/?page_size=${count}`)).json()) as { results: Listed[] }
  return Promise.all(
    page.results.map(async (print, index) => {
      const buffer = await (await request.get(print.image?.image_url ?? '')).body()
      return { print, upload: { name: `record ${index + 1}.webp`, mimeType: 'image/webp', buffer } }
    }),
  )
}

const items = (page: Page) => page.getByTestId('queue-item')
const item = (page: Page, name: string) => items(page).filter({ has: page.getByRole('heading', { name, exact: true }) })

async function exported(page: Page): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('queue-export').click()])
  expect(download.suggestedFilename()).toMatch(/^recto-.*\.csv$/)
  return (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
}

test('several pictures are searched for one after the other, corrected by hand, exported, and survive a reload', async ({ page, request, shoot, allowComplaints }) => {
  allowComplaints(/status of 4\d\d/)
  const [first, second] = await records(request, 2)
  await page.goto('/')
  await page.getByTestId('choose').setInputFiles([first?.upload, BROKEN, second?.upload].filter((one) => one !== undefined))
  await expect(page).toHaveURL('/queue')
  await expect(items(page)).toHaveCount(3)
  await expect(page.getByTestId('queue-progress')).toHaveText('3 of 3 pictures done', { timeout: 150_000 })
  await expect(page.getByTestId('queue-announcement')).toContainText('All pictures are done.')
  await expect(item(page, 'broken.jpg')).toHaveAttribute('data-state', 'failed')
  await expect(item(page, 'broken.jpg').getByTestId('queue-message')).not.toBeEmpty()
  const found = item(page, 'record 1.webp')
  await expect(found.getByTestId('queue-found').getByRole('link')).toHaveAttribute('href', `/prints/${first?.print.id}`)
  expect((await exported(page))[1]).toMatch(/^record 1\.webp,same_image,.*,no,$/)

  await found.getByTestId('queue-open').click()
  await found.getByTestId('queue-choice-none').check()
  await expect(found.getByTestId('queue-chosen')).toBeVisible()
  await expect(found.getByTestId('queue-found')).toBeHidden()
  await shoot('queue')
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
  expect((await exported(page))[1]).toMatch(/^record 1\.webp,not_found,.*,yes,$/)

  await page.reload()
  await expect(items(page)).toHaveCount(3)
  await expect(item(page, 'record 1.webp').getByTestId('queue-chosen')).toBeVisible()
  await item(page, 'broken.jpg').getByTestId('queue-remove').click()
  await expect(items(page)).toHaveCount(2)
  await page.getByTestId('queue-undo').click()
  await expect(items(page)).toHaveCount(3)
  await item(page, 'record 2.webp').getByTestId('queue-full-search').click()
  await expect(page.getByTestId('result').first().locator('h2 a, h3 a').first()).toHaveAttribute('href', `/prints/${second?.print.id}`)
  await page.goBack()
  await expect(items(page)).toHaveCount(3)
  await page.getByTestId('queue-clear').click()
  await page.getByTestId('confirm').click()
  await expect(items(page)).toHaveCount(0)
})

test('a list waits as long as a busy server asks, and can be paused and cancelled @desktop', async ({ page, request, allowComplaints }) => {
  allowComplaints(/status of 429/)
  const pictures = await records(request, 2)
  const busy = { status: 429, headers: { 'Retry-After': '600' }, json: { error: { code: 'throttled', message: 'Too many searches.', fields: {} } } }
  await page.route('**/api/v1/searches/', (route) => route.fulfill(busy))
  await page.goto('/queue')
  await page.getByTestId('choose').setInputFiles(pictures.map(({ upload }) => upload))
  await expect(page.getByTestId('queue-wait')).toContainText('Too many searches.')
  await page.getByTestId('queue-pause').click()
  await expect(page.getByTestId('queue-wait')).toBeHidden()
  await page.unroute('**/api/v1/searches/')
  await item(page, 'record 2.webp').getByTestId('queue-cancel-one').click()
  await page.getByTestId('queue-go-on').click()
  await expect(item(page, 'record 1.webp')).toHaveAttribute('data-outcome', 'same_image')
  await expect(item(page, 'record 2.webp')).toHaveAttribute('data-outcome', 'cancelled')
  await page.getByTestId('queue-retry').click()
  await expect(item(page, 'record 2.webp')).toHaveAttribute('data-outcome', 'same_image')
})

test('a search is kept, found by its link, remembered on this device, and deleted', async ({ page, browser, baseURL, shoot, allowComplaints }) => {
  allowComplaints(/status of 404/)
  await page.goto('/')
  await page.getByTestId('choose').setInputFiles(await spots(page))
  await page.getByTestId('keep').click()
  await expect(page.getByRole('dialog')).toContainText(/without its metadata/)
  await shoot('keep')
  await page.getByTestId('keep-confirm').click()
  await expect(page.getByTestId('kept-link')).toBeFocused()
  await expect(page.getByTestId('kept')).toContainText('This search is kept until')
  await shoot('kept')
  expect(await accessibilityProblems(page)).toEqual([])
  const link = await page.getByTestId('kept-link').inputValue()
  expect(link).toMatch(/\/\?kept=[\w-]+$/)

  const elsewhere = await browser.newContext({ baseURL })
  const other = await elsewhere.newPage()
  await other.goto(link)
  await expect(other.getByTestId('kept')).toBeVisible()
  await expect(other.getByTestId('query-picture')).toHaveAttribute('src', /\/picture\/$/)
  await expect(other.getByTestId('kept-delete')).toBeHidden()
  await elsewhere.close()

  await page.locator('.app-header-name').click()
  await expect(page.getByTestId('recent-search')).toHaveCount(1)
  await shoot('recent')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByTestId('recent-search').getByRole('link').click()
  await expect(page).toHaveURL(/\?upload=\d+$/)
  await expect(page.getByTestId('result').first()).toBeVisible()

  await page.getByTestId('kept-delete').click()
  await page.getByTestId('confirm').click()
  await expect(page.getByTestId('kept-deleted')).toBeVisible()
  await page.goto(link)
  await expect(page.getByTestId('kept-gone')).toBeVisible()
  await shoot('kept-gone')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('recent searches are removed, brought back, and switched off', async ({ page, request }) => {
  const [first] = await records(request, 1)
  await page.goto(`/?image=${first?.print.image?.id}`)
  await expect(page.getByTestId('result').first()).toBeVisible()
  await expect.poll(() => page.evaluate(() => localStorage.getItem('recto.recent'))).toContain('image=')
  await page.goto('/')
  await page.getByTestId('recent-forget').click()
  await expect(page.getByTestId('recent-search')).toHaveCount(0)
  await page.getByTestId('recent-undo').click()
  await expect(page.getByTestId('recent-search')).toHaveCount(1)
  await page.getByTestId('recent-off').click()
  await expect(page.getByTestId('recent')).toContainText('not remembered')
  await page.reload()
  await expect(page.getByTestId('recent-search')).toHaveCount(0)
  await page.getByTestId('recent-on').click()
  await expect(page.getByTestId('recent')).toBeHidden()
})
