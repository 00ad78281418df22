/** The extractor really away: backend/tests/system names its processes, which are held here, or killed and started anew. */
import type { Page } from '@playwright/test'

import { results } from './answers'
import { firstPrint, picture } from './prints'
import { accessibilityProblems, expect, test } from './test'

/** The processes of the extractor of the server under test, its first one first. */
const PROCESSES = (process.env.RECTO_E2E_EXTRACTOR ?? '').split(',').filter(Boolean).map(Number)
/** A killed one loads its network anew, on a machine that may be busy. */
const LOADED = { timeout: 200_000 }

const error = (page: Page) => page.getByTestId('error')

function signal(name: NodeJS.Signals, processes = PROCESSES): void {
  for (const one of processes) process.kill(one, name)
}

test.skip(PROCESSES.length === 0, 'Needs RECTO_E2E_EXTRACTOR=pid,pid: backend/tests/system names it.')

/** Colours without a single detail: only the extractor can tell what it looks like. */
async function choosePlain(page: Page): Promise<void> {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 700 })
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const colours = context.createLinearGradient(0, 0, 900, 700)
    colours.addColorStop(0, '#3c28a0')
    colours.addColorStop(1, '#d2b43c')
    context.fillStyle = colours
    context.fillRect(0, 0, 900, 700)
    return canvas.toDataURL('image/jpeg', 0.92).replace(/^.*,/, '')
  })
  await page.getByTestId('choose').setInputFiles({ name: 'colours.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') })
}

async function saysThatItIsAway(page: Page): Promise<void> {
  await expect(error(page)).toContainText('The search is taking a break')
  await expect(error(page)).toContainText('Browsing works')
  await expect(error(page)).not.toContainText(/Error|http|socket/)
  await expect(page.getByTestId('countdown')).toHaveText(/^Trying again in \d+ seconds?$/)
  await expect(page.getByTestId('query-picture')).toHaveAttribute('src', /^blob:/)
}

/** Words are found without the extractor, and the way back leads to the picture. */
async function browseMeanwhile(page: Page): Promise<void> {
  const number = await page.evaluate(async () => {
    const { results: prints } = (await (await fetch('/api/v1/prints/?page_size=1')).json()) as { results: { inventory_number: string }[] }
    return prints[0]?.inventory_number ?? ''
  })
  await page.getByRole('link', { name: 'Collection', exact: true }).click()
  await expect(page.locator('.print-wall img').first()).toBeVisible()
  const words = page.getByLabel('Words in the record').first()
  await words.fill(number)
  await words.press('Enter')
  await expect(page.locator('.print-wall li').first()).toContainText(number)
  await page.goBack()
  await page.goBack()
  await expect(page).toHaveURL(/\?upload=\d+$/)
  await expect(page.getByTestId('query-picture')).toHaveAttribute('src', /^blob:/)
}

test.describe('an extractor that hangs', () => {
  test.beforeEach(() => signal('SIGSTOP'))
  test.afterEach(() => signal('SIGCONT'))

  test('is said to be away, and the same picture finds by itself once it answers', async ({ page, shoot, allowComplaints }) => {
    allowComplaints(/status of 503/)
    await page.goto('/')
    await choosePlain(page)
    await saysThatItIsAway(page)
    await shoot('extractor-away')
    expect(await accessibilityProblems(page)).toEqual([])
    const address = page.url()
    await browseMeanwhile(page)
    await saysThatItIsAway(page)
    signal('SIGCONT')
    await expect(results(page).first()).toBeVisible()
    await expect(error(page)).toHaveCount(0)
    expect(page.url()).toBe(address)
  })

  test('leaves what is found by its details', { tag: '@desktop' }, async ({ page, request, shoot }) => {
    const { id } = await firstPrint(request)
    await page.goto('/')
    await page.getByTestId('choose').setInputFiles(await picture(request))
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'same_image')
    await expect(results(page).first().locator('h3 a')).toHaveAttribute('href', `/prints/${id}`)
    await shoot('extractor-away-details')
  })
})

test.describe('an extractor that was killed', () => {
  // The last one, and tried once: another process is the extractor afterwards, which nobody has named.
  test.describe.configure({ retries: 0 })

  test('is waited for until another one has loaded its network', { tag: '@desktop' }, async ({ page, allowComplaints }) => {
    allowComplaints(/status of 503/)
    await page.goto('/')
    signal('SIGKILL', PROCESSES.slice(0, 1))
    await choosePlain(page)
    await saysThatItIsAway(page)
    const address = page.url()
    await expect(results(page).first()).toBeVisible(LOADED)
    expect(page.url()).toBe(address)
  })
})
