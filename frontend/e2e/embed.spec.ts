/** The search box in a page of another site: another origin, as another port is. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Browser, Page } from '@playwright/test'

import { arranged } from './pictures'
import { firstPrint } from './prints'
import { accessibilityProblems, expect, test } from './test'

/** The one that the server under test was told of in RECTO_EMBED_ORIGINS: its port is free for its page. */
const SITE = process.env.RECTO_E2E_EMBEDDING_SITE
const FRAME = 'iframe[title="Search"]'
const servers: Server[] = []

const portOf = (site: string | undefined): number => Number(new URL(site ?? '').port)

test.beforeEach(() => test.skip(!SITE, 'RECTO_E2E_EMBEDDING_SITE names no site that may embed the server under test.'))
test.afterEach(() => servers.splice(0).forEach((server) => server.close()))

/** A page with a frame, at this port; 0: at any that is free. What the browser refused to frame is told on the console. */
async function pageOfSite(browser: Browser, port: number, frame: string): Promise<{ page: Page; refused: string[] }> {
  const body = `<!doctype html><html lang="en"><title>Museum</title><iframe title="Search" src="${frame}" width="360" height="640"></iframe></html>`
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(body))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const page = await browser.newPage({ serviceWorkers: 'block', locale: 'en-GB' })
  const refused: string[] = []
  page.on('console', (message) => {
    if (/frame-ancestors/.test(message.text())) refused.push(message.text())
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return { page, refused }
}

test('a site that is named shows the search box, which searches in its frame', { tag: '@desktop' }, async ({ browser, baseURL, page, request }) => {
  const print = await firstPrint(request)
  await page.goto('/about')
  const photograph = await arranged(page, { urls: [print.image.image_url] })

  const { page: museum } = await pageOfSite(browser, portOf(SITE), `${baseURL}/embed?lang=de&theme=dark`)
  const frame = museum.frameLocator(FRAME)
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Welcher Druck ist das?')
  await expect(frame.getByRole('banner')).toHaveCount(0)
  await frame.getByTestId('embed-choose').setInputFiles(photograph)
  const first = frame.getByTestId('embed-result').first()
  await expect(first).toHaveAttribute('href', `/prints/${print.id}`)
  await expect(first).toHaveAttribute('target', '_blank')
  expect(await museum.context().cookies()).toEqual([])
  await museum.context().close()
})

test('no other site may, and no other page of Recto', { tag: '@desktop' }, async ({ browser, baseURL }) => {
  for (const [port, address] of [[0, '/embed'], [portOf(SITE), '/'], [portOf(SITE), '/about']] as const) {
    const { page: museum, refused } = await pageOfSite(browser, port, `${baseURL}${address}`)
    await expect.poll(() => refused.length).toBeGreaterThan(0)
    await expect(museum.frameLocator(FRAME).getByRole('heading', { level: 1 })).toHaveCount(0)
    await museum.context().close()
    servers.splice(0).forEach((server) => server.close())
  }
})

test('the search box can be used by everybody', async ({ page }) => {
  await page.goto('/embed?lang=fr')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  expect(await accessibilityProblems(page)).toEqual([])
  // What the other site asked for is not the visitor's own choice.
  await page.goto('/about')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
