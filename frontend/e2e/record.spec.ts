import { readFile } from 'node:fs/promises'

import type { Page } from '@playwright/test'

import { firstPrint } from './prints'
import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

async function openRecord(page: Page): Promise<string> {
  const { id } = await firstPrint(page.request)
  await page.goto(`/prints/${id}`)
  await expect(page.getByTestId('picture')).toBeVisible()
  return String(id)
}

async function lookCloser(page: Page): Promise<void> {
  await page.getByTestId('closer').click()
  await expect(page.getByTestId('scan-stage')).toHaveAttribute('data-status', 'open')
}

test('a record says all that is known, and how it is cited', async ({ page, shoot }) => {
  const id = await openRecord(page)
  const address = new URL(`/prints/${id}`, page.url()).href
  await expect(page.getByTestId('permanent')).toHaveAttribute('href', address)
  await expect(page.getByTestId('citation')).toContainText(address)
  await expect(page.getByTestId('citation')).toContainText('accessed')
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('record')
  expect(await accessibilityProblems(page)).toEqual([])

  const [bibtex] = await Promise.all([page.waitForEvent('download'), page.getByTestId('bibtex').click()])
  expect(bibtex.suggestedFilename()).toMatch(/\.bib$/)
  expect(await readFile(await bibtex.path(), 'utf8')).toContain(`url = {${address}},`)
  const [ris] = await Promise.all([page.waitForEvent('download'), page.getByTestId('ris').click()])
  expect(await readFile(await ris.path(), 'utf8')).toContain(`UR  - ${address}\r\n`)
})

test('the manifest can be read, and names pictures that can be had', { tag: '@desktop' }, async ({ page }) => {
  await openRecord(page)
  const address = await page.getByTestId('manifest').getAttribute('href')
  const manifest = (await (await page.request.get(address ?? '')).json()) as { id: string; items: { items: { items: { body: { id: string } }[] }[] }[] }
  expect(manifest.id).toBe(address)
  const picture = manifest.items[0]?.items[0]?.items[0]?.body.id ?? ''
  const answer = await page.request.get(picture)
  expect(answer.headers()['content-type']).toBe('image/jpeg')
})

test('the scan is looked into with buttons and keys, and a part of it is searched with', async ({ page, shoot }) => {
  await openRecord(page)
  await lookCloser(page)
  const part = page.getByTestId('search-part')
  await expect(part).toHaveCount(0)
  await expect(page.getByTestId('scan-out')).toBeDisabled()
  expect(await accessibilityProblems(page)).toEqual([])

  await page.getByTestId('scan-in').click()
  await page.getByTestId('scan-in').click()
  await expect(part).toBeVisible()
  await page.getByTestId('scan-fit').click()
  await expect(part).toHaveCount(0)

  const canvas = page.locator('.openseadragon-canvas')
  await canvas.focus()
  for (const key of ['+', '+', '+', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key)
  await expect(part).toBeVisible()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('record-zoomed')
  await page.keyboard.press('0')
  await expect(part).toHaveCount(0)
  await page.keyboard.press('+')
  await page.keyboard.press('+')

  await part.click()
  await expect(page).toHaveURL(/[?&]image=\d+/)
  const crop = new URL(page.url()).searchParams.get('crop')?.split(',').map(Number) ?? []
  expect(crop).toHaveLength(4)
  expect((crop[2] ?? 1) * (crop[3] ?? 1)).toBeLessThan(0.95)
  await expect(page.getByTestId('result').first()).toBeVisible()
})

test('the large view fills the screen, and Escape leads out of it', async ({ page }) => {
  await openRecord(page)
  await lookCloser(page)
  await page.getByTestId('scan-full').click()
  await expect(page.getByTestId('scan-close')).toHaveCount(0)
  await page.getByTestId('scan-full').click()
  await expect(page.getByTestId('scan-close')).toBeVisible()
  await page.getByTestId('scan-close').focus()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('picture')).toBeVisible()
  await expect(page.getByTestId('closer')).toBeFocused()
})

test('without the viewer the plain picture stays, and says so', { tag: '@desktop' }, async ({ page, allowComplaints }) => {
  allowComplaints(/Failed to load resource/)
  await page.route('**/iiif/image/3/*/info.json', (route) => route.fulfill({ status: 404, json: { error: { code: 'image_unreadable', message: 'gone' } } }))
  await openRecord(page)
  await page.getByTestId('closer').click()
  await expect(page.getByTestId('no-viewer')).toBeVisible()
  await expect(page.getByTestId('picture')).toBeVisible()
  expect(await accessibilityProblems(page)).toEqual([])
})

test('a picture that does not come is named, and asked for again', { tag: '@desktop' }, async ({ page, allowComplaints }) => {
  allowComplaints(/Failed to load resource/)
  const id = await openRecord(page)
  const withheld = (url: URL): boolean => /\/media\/images\/\d+\/display\//.test(url.pathname)
  await page.route(withheld, (route) => route.fulfill({ status: 404, body: '' }))
  await page.goto('/about')
  await page.goto(`/prints/${id}`)
  await expect(page.getByTestId('broken')).toBeVisible()
  await page.unroute(withheld)
  await page.getByTestId('try-picture').click()
  await expect(page.getByTestId('picture')).toBeVisible()
})

test('little is known of a print, and it has no picture', { tag: '@desktop' }, async ({ page, shoot }) => {
  const id = await openRecord(page)
  await page.route(`**/api/v1/prints/${id}/`, async (route) => {
    const print = (await (await route.fetch()).json()) as Record<string, unknown>
    const bare = { title: '', people: [], date: '', classification: '', techniques: [], licence: '', licence_url: '', record_url: '', extra: {}, relations: [] }
    await route.fulfill({ json: { ...print, ...bare, images: [] } })
  })
  await page.reload()
  await expect(page.getByTestId('no-picture')).toBeVisible()
  await expect(page.getByTestId('bare')).toBeVisible()
  await expect(page.getByTestId('closer')).toHaveCount(0)
  await shoot('record-bare')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('on paper: the picture and the facts in black, no buttons', { tag: '@desktop' }, async ({ page, shoot }) => {
  const id = await openRecord(page)
  // Not before: the page's own process may not hear of it.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByTestId('citation')).toContainText(`/prints/${id}`)
  await expect(page.getByTestId('closer')).toBeHidden()
  await expect(page.locator('.print-similar')).toBeHidden()
  await expect(page.getByTestId('citation')).toHaveCSS('color', 'rgb(0, 0, 0)')
  await shoot('record-paper')
})

test('the record in German fits a narrow phone', { tag: '@desktop' }, async ({ page, shoot }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/about')
  await page.evaluate(() => localStorage.setItem('recto.preferences', JSON.stringify({ locale: 'de', theme: 'dark' })))
  await openRecord(page)
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByTestId('citation')).toContainText('abgerufen am')
  expect(await sidewaysScroll(page)).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
  await shoot('record-de-narrow')
})
