/** Pictures and records that are fetched from elsewhere, and all that can come between: failures, Stop, other people. */
import type { Page } from '@playwright/test'

import { Museum, MUSEUM, pictureNames } from './museum'
import { bring, checkTable, csv, expect, load, RUN, signIn, signOut, STEP, test as base } from './staff'
import { accessibilityProblems, sidewaysScroll } from './test'

const test = base.extend<{ museum: Museum }>({
  // eslint-disable-next-line no-empty-pattern
  museum: async ({}, use, testInfo) => {
    testInfo.skip(MUSEUM === '', 'Needs RECTO_E2E_MUSEUM, an address of this machine that the server may ask.')
    const museum = new Museum()
    await museum.open()
    await use(museum)
    await museum.close()
  },
})

const names = (): string[] => pictureNames().slice(3, 7)

interface Listed {
  title: string
  image: unknown
}

async function printsOf(page: Page, name: string): Promise<Listed[]> {
  const collections = (await (await page.request.get('/api/v1/collections/')).json()) as { slug: string; name: string }[]
  const slug = collections.find((one) => one.name === name)?.slug ?? ''
  return ((await (await page.request.get(`/api/v1/prints/?collection=${slug}&page_size=100`)).json()) as { results: Listed[] }).results
}

const plain = (title: string, count = 3): string[] => ['recordID,title', ...Array.from({ length: count }, (_, index) => `${index},${title} ${index}`)]

test('a manifest becomes records with pictures; one that cannot be read is named and read again', async ({ page, museum, isMobile, shoot }) => {
  const collection = `${isMobile ? 'IIIF' : 'Manifests'}${RUN}`
  const address = museum.exhibit(isMobile ? 2 : 3, names().slice(0, 2))
  const path = new URL(address).pathname
  museum.missing.add(path)
  await page.getByTestId('new-import').click()
  await page.getByRole('radio', { name: /IIIF/ }).check()
  await page.getByTestId('iiif-address').locator('input').fill(address)
  await page.getByTestId('collection').locator('select').selectOption('+')
  await page.getByTestId('collection-name').locator('input').fill(collection)
  await page.getByTestId('bring').click()
  await expect(page.getByTestId('unread')).toContainText(address, STEP)
  await expect(page.getByTestId('issues-group')).toHaveCount(1)
  await expect(page.getByTestId('issue')).toContainText('404')
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('iiif-unread')
  expect(await accessibilityProblems(page)).toEqual([])

  museum.missing.clear()
  museum.hold(/manifest/)
  await page.getByTestId('read-again').click()
  await expect(page.getByTestId('progress')).toContainText('Reading the manifests', STEP)
  museum.release()
  await expect(page.getByTestId('column').first()).toBeVisible(STEP)
  await checkTable(page)
  await load(page)
  const prints = await printsOf(page, collection)
  expect(prints.map(({ title }) => title).sort()).toEqual(['Don Quixote, Plate 1', 'Don Quixote, Plate 2'])
  expect(prints.every(({ image }) => image !== null)).toBe(true)
})

test('a fetch is stopped and goes on; what failed is asked again, and only that', { tag: '@desktop' }, async ({ page, museum, shoot, allowComplaints }) => {
  allowComplaints(/ERR_FAILED|ERR_CONNECTION/)
  const collection = `By address${RUN}`
  const urls = names().map((name) => museum.picture(name))
  const gone = new URL(urls[3] ?? '').pathname
  museum.missing.add(gone)
  museum.hold(/pictures/)
  const table = csv('addresses.csv', ['recordID,title,image_url', ...urls.map((url, index) => `${index},Sheet ${index},${url}`)])
  await bring(page, { table, collection, isNew: true, pictures: false })
  await page.getByRole('radio', { name: 'The addresses in the table' }).check()
  await expect(page.getByTestId('check')).toBeEnabled()
  await checkTable(page)
  await page.getByTestId('apply').click()
  await expect(page.getByTestId('progress')).toContainText('Fetching the pictures', STEP)
  await expect.poll(() => museum.asked.length, STEP).toBeGreaterThan(0)

  // The server is away for a while: nobody has to reload.
  await page.route('**/api/v1/imports/**', (route) => route.abort())
  await expect(page.getByTestId('away')).toBeVisible()
  await page.unroute('**/api/v1/imports/**')
  await expect(page.getByTestId('away')).toBeHidden(STEP)

  await page.getByTestId('stop').click()
  await expect(page.getByTestId('retry-images')).toContainText('4', STEP)
  await shoot('fetch-stopped')
  museum.release()
  await page.getByTestId('retry-images').click()
  await expect(page.getByTestId('retry-images')).toHaveText('Try the missing picture again', STEP)
  await expect(page.getByTestId('issues-group')).toHaveCount(1)
  await shoot('fetch-failed')
  expect(await accessibilityProblems(page)).toEqual([])

  museum.missing.clear()
  museum.asked.length = 0
  await page.getByTestId('retry-images').click()
  await expect(page.getByTestId('no-issues')).toBeVisible(STEP)
  await expect(page.getByTestId('retry-images')).toHaveCount(0)
  expect(museum.asked).toEqual([gone])
  expect((await printsOf(page, collection)).map(({ image }) => image !== null)).toEqual([true, true, true, true])
})

test('of two curators at once the second is told, and checks again', { tag: '@desktop' }, async ({ page, browser, baseURL, allowComplaints, shoot }) => {
  allowComplaints(/status of 409/)
  const collection = `Two at once${RUN}`
  await bring(page, { table: csv('first.csv', plain('Old')), collection, isNew: true, pictures: false })
  await checkTable(page)
  await load(page)
  const context = await browser.newContext({ baseURL })
  const other = await context.newPage()
  await signIn(other)
  await bring(other, { table: csv('hers.csv', plain('Hers', 4)), collection, isNew: false, pictures: false })
  await checkTable(other)
  await bring(page, { table: csv('his.csv', plain('His', 4)), collection, isNew: false, pictures: false })
  await checkTable(page)
  await load(other)
  await context.close()

  await page.getByTestId('apply').click()
  await expect(page.getByTestId('action-error')).toContainText('changed after the check')
  await shoot('import-outdated')
  await page.getByTestId('check-again').click()
  await expect(page.getByTestId('apply')).toHaveText('Load 4 records', STEP)
  await expect(page.locator('del').first()).toContainText('Hers')
  await load(page)
})

test('who was signed out elsewhere signs in again and goes on with the import', { tag: '@desktop' }, async ({ page, allowComplaints, shoot }) => {
  allowComplaints(/status of 403/)
  await bring(page, { table: csv('session.csv', plain('Sheet')), collection: `Signed out${RUN}`, isNew: true, pictures: false })
  const address = page.url()
  const elsewhere = await page.context().newPage()
  await elsewhere.goto('/about')
  await signOut(elsewhere)
  await elsewhere.close()

  await page.getByTestId('check').click()
  await expect(page.getByTestId('action-error')).toContainText('Sign in')
  await expect(page.getByTestId('away')).toHaveCount(0)
  await shoot('import-signed-out')
  await page.getByTestId('action-error').getByRole('link').click()
  await expect(page).toHaveURL(/\/sign-in/)
  await signIn(page, new URL(address).pathname)
  await expect(page).toHaveURL(address)
  await checkTable(page)
})
