/** Pictures that another app shares with the installed page: its service worker takes them, the server never does. */
import type { Page } from '@playwright/test'

import { AVIF, HEIC } from './photographs'
import type { Upload } from './pictures'
import { picture as pictureOfPrint } from './prints'
import { accessibilityProblems, expect, test } from './test'

const queryPicture = (page: Page) => page.getByTestId('query-picture')

const picture = (page: Page) => pictureOfPrint(page.request, 'IMG_20261121.webp')

/** Posts the form that the manifest describes, as a telephone does when a picture is shared with the app. */
async function share(page: Page, pictures: Upload[]): Promise<void> {
  const href = (await page.locator('link[rel=manifest]').getAttribute('href')) ?? ''
  await page.evaluate(async (address) => {
    const { share_target: target } = await (await fetch(address)).json()
    const form = document.createElement('form')
    Object.assign(form, { action: target.action, method: target.method, enctype: target.enctype, id: 'shared' })
    const [{ name, accept }] = target.params.files
    form.append(Object.assign(document.createElement('input'), { type: 'file', multiple: true, name, accept: accept.join() }))
    document.body.append(form)
  }, href)
  await page.locator('#shared input').setInputFiles(pictures)
  await page.locator('#shared').evaluate((form: HTMLFormElement) => form.submit())
}

test.describe('the installed app', () => {
  test.use({ serviceWorkers: 'allow' })

  test.beforeEach(async ({ page }) => {
    await page.goto('/about')
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  })

  test('searches for a picture that is shared with it, and the server never receives the form', async ({ page, shoot }) => {
    const received: boolean[] = []
    page.on('response', (response) => new URL(response.url()).pathname === '/share' && received.push(!response.fromServiceWorker()))
    await share(page, [await picture(page)])
    await expect(page).toHaveURL(/\/\?upload=\d+$/)
    await expect(queryPicture(page)).toHaveAttribute('src', /^blob:/)
    await expect(page.getByTestId('result').first()).toBeVisible()
    expect(received).toEqual([false])
    // It is now one of the visitor's pictures: nothing waits in the worker any more, and a reload finds it.
    expect(await page.evaluate(() => caches.has('shared-pictures'))).toBe(false)
    await shoot('shared')
    await page.reload()
    await expect(queryPicture(page)).toHaveAttribute('src', /^blob:/)
    await page.goBack()
    await expect(page.getByTestId('choose')).toBeAttached()
    expect(new URL(page.url()).search).toBe('')
  })

  test('lists several, and searches with them when that is wanted', async ({ page, allowComplaints, shoot }) => {
    // Whether the server can read the smallest HEIC there is does not matter here.
    allowComplaints(/status of 4\d\d/)
    await share(page, [await picture(page), AVIF, HEIC])
    await expect(page).toHaveURL('/queue')
    for (const name of ['IMG_20261121.webp', AVIF.name, HEIC.name]) await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
    const states = () => page.getByTestId('queue-item').evaluateAll((items) => items.map((item) => item.getAttribute('data-state')))
    await expect(page.getByTestId('queue-item').first().locator('img')).toBeVisible()
    await shoot('shared-several')
    await page.reload()
    await expect(page.getByTestId('queue-held')).toBeVisible()
    expect(new Set(await states())).toEqual(new Set(['held']))
    await page.getByTestId('queue-search-held').click()
    await expect(page.getByTestId('queue-held')).toBeHidden()
    await expect(page.getByTestId('queue-item').first()).toHaveAttribute('data-state', 'done')
  })

  test('says of what is no picture that it is none', { tag: '@desktop' }, async ({ page }) => {
    await share(page, [{ name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }])
    await expect(page.getByTestId('error')).toContainText('“scan.pdf” is a PDF')
  })

  test('keeps what a slow page has not taken yet, and nothing that was never taken', { tag: '@desktop' }, async ({ page }) => {
    const left = (minutesAgo: number) => page.evaluate(async (ago) => {
      const headers = { 'X-Shared-At': String(Date.now() - ago * 60_000) }
      await (await caches.open('shared-pictures')).put(`/share/${ago}`, new Response('left', { headers }))
    }, minutesAgo)
    const waiting = () => page.evaluate(async () => (await (await caches.open('shared-pictures')).keys()).map(({ url }) => new URL(url).pathname))
    await left(59)
    await left(61)
    await page.goto('/prints')
    await expect.poll(waiting).toEqual(['/share/59'])
  })
})

test('without its worker the page says that the picture did not arrive', { tag: '@desktop' }, async ({ page, shoot }) => {
  await page.goto('/about')
  await share(page, [await picture(page)])
  await expect(page.getByTestId('error')).toContainText('did not arrive')
  await expect(page.getByTestId('choose')).toBeAttached()
  await shoot('not-shared')
  expect(await accessibilityProblems(page)).toEqual([])
})
