/** What stays on a device that others use after you: nothing. */
import type { Page } from '@playwright/test'

import { answered } from './answers'
import { picture } from './prints'
import { ACCOUNT, signIn, signOut } from './staff'
import { expect, test } from './test'

test.skip(ACCOUNT === '', 'Needs RECTO_E2E_ACCOUNT=name:password.')

/** How much of the visitor's the browser's own databases hold. */
function kept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
    let count = 0
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''))
      for (const table of database.objectStoreNames) count += await done(database.transaction(table).objectStore(table).count())
      database.close()
    }
    return count
  })
}

test('signing out removes the pictures and the lists from this device', async ({ page, request }) => {
  await answered(page, request)
  const print = await picture(page.request)
  await signIn(page, '/')
  await page.getByTestId('choose').setInputFiles(print)
  await expect(page.getByTestId('result').first()).toBeVisible()
  const address = page.url()
  await page.goto('/queue')
  await page.getByTestId('choose').setInputFiles([print, print])
  await expect(page.getByTestId('queue-progress')).toHaveText('2 of 2 pictures done')
  await expect.poll(() => kept(page)).toBe(3)
  await page.evaluate(async () => (await caches.open('shared-pictures')).put('/share/a', new Response('left')))

  await signOut(page)
  await expect.poll(() => kept(page)).toBe(0)
  expect(await page.evaluate(() => caches.has('shared-pictures'))).toBe(false)
  await page.goto(address)
  await expect(page.getByTestId('error')).toContainText('this one is no longer here')
  await page.goto('/queue')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByTestId('queue-item')).toHaveCount(0)
})
