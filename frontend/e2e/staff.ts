/** What the tests of the staff's pages need: an account, and real prints with the folder they lie in on the server. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { expect, test as base } from './test'

/** `name:password` of an administrator of the server under test. */
export const ACCOUNT = process.env.RECTO_E2E_ACCOUNT ?? ''
/** A folder with metadata.csv and images/, below a root from which the server may import. */
export const PRINTS = process.env.RECTO_E2E_PRINTS ?? ''
/** A folder with metadata.csv of the prints in four ways; backend/tests/system writes it. */
export const TABLES = process.env.RECTO_E2E_TABLES ?? ''

/** Part of the names of new collections, so that the tests can be run again over the same data. */
export const RUN = process.env.CI ? '' : ` ${new Date().toISOString().slice(11, 16)}`

/** How long the server may take for a step; it may share two cores with everything else. */
export const STEP = { timeout: 240_000 }

export const NEEDS = 'Needs RECTO_E2E_ACCOUNT=name:password of an administrator and RECTO_E2E_PRINTS, a folder with prints.'

export const test = base.extend<{ staff: undefined }>({
  staff: [
    async ({ page, available }, use, testInfo) => {
      void available
      testInfo.skip(ACCOUNT === '' || PRINTS === '', NEEDS)
      if (ACCOUNT !== '') await signIn(page)
      await use(undefined)
    },
    { auto: true },
  ],
})

/** Signs the administrator in and goes on to a page. */
export async function signIn(page: Page, next = '/imports'): Promise<void> {
  const [name, password] = ACCOUNT.split(/:(.*)/s)
  await page.goto(`/sign-in?next=${next}`)
  await page.getByTestId('username').locator('input').fill(name ?? '')
  await page.getByTestId('password').locator('input').fill(password ?? '')
  await page.getByTestId('sign-in').click()
  await expect(page).toHaveURL(next, STEP)
}

/** By keyboard: a click on a menu that still unfolds may fall beside it. */
export async function signOut(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible()
  await page.getByTestId('staff-menu').press('Enter')
  await page.getByTestId('sign-out').press('Enter')
  await expect(page.getByTestId('staff-menu')).toHaveCount(0)
}

/** The lines of the prints' table: the header, then a record a line. */
export function printsTable(): string[] {
  return readFileSync(join(PRINTS, 'metadata.csv'), 'utf8').trimEnd().split(/\r?\n/)
}

export interface Table {
  name: string
  mimeType: string
  buffer: Buffer
}

export function csv(name: string, lines: string[]): Table {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n') + '\n') }
}

export interface Bringing {
  table: Table | string
  /** The name of a new collection, or of one that is there. */
  collection: string
  isNew: boolean
  /** Pictures from the folder of the prints. */
  pictures: boolean
}

/** From the list of imports to the columns of the table. */
export async function bring(page: Page, { table, collection, isNew, pictures }: Bringing, shoot?: (name: string) => Promise<void>): Promise<void> {
  await page.goto('/imports')
  await page.getByTestId('new-import').click()
  await page.getByTestId('choose-table').setInputFiles(table)
  await page.getByTestId('collection').locator('select').selectOption(isNew ? '+' : { label: collection })
  if (isNew) await page.getByTestId('collection-name').locator('input').fill(collection)
  await shoot?.('import-1-table')
  if (pictures) await choosePrintsFolder(page, shoot)
  await page.getByTestId('bring').click()
  await expect(page).toHaveURL(/\/imports\/\d+$/)
  await expect(page.getByTestId('column').first()).toBeVisible()
}

async function choosePrintsFolder(page: Page, shoot?: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('radio', { name: 'A folder on the server' }).check()
  const folders = page.getByTestId('folder')
  // The root itself first, then the folder of the images in it.
  await folders.first().click()
  await folders.filter({ hasText: 'images' }).first().click()
  await expect(page.getByTestId('folder-path')).toContainText('images')
  await page.getByRole('button', { name: /Take this folder/ }).click()
  await expect(page.getByTestId('chosen-folder')).toContainText('images')
  await page.getByTestId('chosen-folder').scrollIntoViewIfNeeded()
  await shoot?.('import-1-folder')
}

export async function checkTable(page: Page): Promise<void> {
  await page.getByTestId('check').click()
  await expect(page.getByTestId('apply')).toBeVisible(STEP)
}

export async function load(page: Page): Promise<void> {
  await page.getByTestId('apply').click()
  await expect(page.getByTestId('result-of-import')).toContainText('Loaded', STEP)
}

export async function countOf(page: Page, outcome: string): Promise<number> {
  const text = await page.getByTestId(`outcome-${outcome}`).locator('span').first().textContent()
  return Number((text ?? '').replaceAll(/\D/g, ''))
}

export { expect }
