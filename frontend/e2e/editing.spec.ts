/** A record that a curator corrects, hides, gives another scan, removes and brings back. */
import type { Page } from '@playwright/test'

import { arranged } from './pictures'
import { bring, checkTable, csv, expect, load, printsTable, RUN, STEP, test } from './staff'
import { picturesShown, problemsInBothThemes, sidewaysScroll } from './test'

async function openFirstOf(page: Page, name: string): Promise<string> {
  await page.getByRole('link', { name: 'Look at the collection' }).click()
  await page.locator('.print-wall a').first().click()
  await expect(page.getByTestId('edit')).toBeVisible()
  await expect(page.locator('.print-facts')).toContainText(name)
  return page.url()
}

test('a record is corrected, gets a scan, is hidden, removed and brought back', async ({ page, isMobile, shoot, allowComplaints, browser, baseURL }) => {
  test.setTimeout(400_000)
  // The address of a record that is gone or hidden.
  allowComplaints(/status of 404/)
  const name = `${isMobile ? 'Doré' : 'Gustave Doré'}${RUN}`
  await bring(page, { table: csv('few.csv', printsTable().slice(0, 4)), collection: name, isNew: true, pictures: true })
  await checkTable(page)
  await load(page)
  const address = await openFirstOf(page, name)
  const visitor = await (await browser.newContext({ baseURL })).newPage()
  const seenByVisitors = async (): Promise<boolean> => (await visitor.request.get(address.replace('/prints/', '/api/v1/prints/') + '/')).ok()

  await page.getByTestId('edit').click()
  await expect(page.getByTestId('editor')).toBeVisible()
  await page.getByTestId('edit-title').locator('textarea').first().fill('Don Quixote, the binding')
  await page.getByTestId('edit-date').locator('input').fill('ca. 1863')
  await picturesShown(page)
  await shoot('edit')
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await problemsInBothThemes(page)).toEqual([])
  await page.getByTestId('save').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Don Quixote, the binding')

  await page.getByTestId('edit').click()
  const scan = await page.getByTestId('picture').getAttribute('src')
  await page.getByTestId('add-picture').setInputFiles(await arranged(page, { urls: [scan ?? ''] }))
  await expect(page.getByTestId('edit-picture')).toHaveCount(2, STEP)
  await page.getByTestId('remove-picture').last().click()
  await page.getByTestId('confirm').click()
  await expect(page.getByTestId('edit-picture')).toHaveCount(1)

  // Another scan takes the place of the one that is there.
  const small = page.getByTestId('edit-picture').locator('img')
  const old = await small.getAttribute('src')
  await page.getByTestId('replace-picture').setInputFiles(await arranged(page, { urls: [scan ?? ''], mirrored: true }))
  await expect(small).not.toHaveAttribute('src', old ?? '', STEP)
  const replaced = page.getByTestId('revision').filter({ hasText: '1 picture replaced' })

  await page.getByTestId('show-history').click()
  await replaced.getByTestId('restore').click()
  await page.getByTestId('confirm').click()
  await expect(page.getByTestId('picture')).toHaveAttribute('src', scan ?? '', STEP)
  await expect(page.getByTestId('revision').filter({ hasText: 'Don Quixote, the binding' })).toBeVisible()
  await page.getByTestId('history').scrollIntoViewIfNeeded()
  await shoot('history')
  expect(await problemsInBothThemes(page)).toEqual([])
  await page.getByTestId('revision').filter({ hasText: 'Don Quixote, the binding' }).getByTestId('restore').click()
  await page.getByTestId('confirm').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Illustration')

  expect(await seenByVisitors()).toBe(true)
  await page.getByTestId('hide').click()
  await expect(page.getByTestId('is-hidden')).toBeVisible()
  await shoot('hidden')
  expect(await seenByVisitors()).toBe(false)
  await page.getByTestId('hide').click()
  await expect(page.getByTestId('is-hidden')).toBeHidden()

  await page.getByTestId('remove').click()
  await page.getByTestId('confirm').click()
  await expect(page.getByTestId('removed')).toBeVisible()
  await shoot('removed')
  expect(await seenByVisitors()).toBe(false)
  await page.getByTestId('undo-removal').click()
  await expect(page.getByTestId('picture')).toBeVisible()
  expect(await seenByVisitors()).toBe(true)
})
