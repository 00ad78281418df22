/** An import by keyboard alone, from signing in to the undo: Tab, arrows, Enter and the space bar. */
import type { Locator, Page } from '@playwright/test'

import { ACCOUNT, csv, NEEDS, printsTable, PRINTS, RUN, STEP } from './staff'
import { expect, test } from './test'

const MOST_STEPS = 80

/** Presses Tab until the thing has the focus: what the keyboard cannot reach is an error. */
async function tabTo(page: Page, wanted: Locator, what: string): Promise<void> {
  await expect(wanted).toBeVisible()
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab')
    if (await wanted.evaluate((element) => element.contains(document.activeElement))) return
  }
  throw new Error(`${what} is not reached with ${MOST_STEPS} times Tab.`)
}

async function press(page: Page, testid: string, key = 'Enter'): Promise<void> {
  await expect(page.getByTestId(testid)).toBeEnabled(STEP)
  await tabTo(page, page.getByTestId(testid), testid)
  await page.keyboard.press(key)
}

async function signIn(page: Page): Promise<void> {
  const [name = '', password = ''] = ACCOUNT.split(/:(.*)/s)
  await page.goto('/sign-in?next=/imports')
  await tabTo(page, page.getByTestId('username'), 'the user name')
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/imports')
}

/** The step's heading has the focus, so the next Tab goes on from there and a screen reader says where one is. */
async function isAtHeading(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused(STEP)
}

test('an import is brought, checked, loaded and undone without a mouse', async ({ page, isMobile }) => {
  test.skip(ACCOUNT === '' || PRINTS === '', NEEDS)
  test.skip(isMobile, 'A telephone has no Tab key.')
  // Asked for long before it opens: the browser is told beside the keys that are pressed, and may hear of them first.
  const chosen = page.waitForEvent('filechooser')
  await signIn(page)
  await press(page, 'new-import')

  await expect(page.getByRole('heading', { name: 'New import' })).toBeFocused()
  await tabTo(page, page.getByTestId('choose-table'), 'the table')
  await page.keyboard.press('Enter')
  await (await chosen).setFiles(csv('by-keyboard.csv', printsTable().slice(0, 4)))
  await expect(page.locator('.file-drop')).toContainText('by-keyboard.csv')
  await tabTo(page, page.getByTestId('collection'), 'the collection')
  await page.keyboard.press('End')
  await page.keyboard.press('Tab')
  await page.keyboard.type(`By keyboard${RUN}`)
  // The action: the arrows go from one to the next and choose it.
  await tabTo(page, page.locator('input[value=add_and_update]'), 'the action')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('input[value=add]')).toBeChecked()
  await press(page, 'bring', 'Space')

  await expect(page).toHaveURL(/\/imports\/\d+$/, STEP)
  await isAtHeading(page)
  await press(page, 'check')
  await isAtHeading(page)
  await press(page, 'apply')
  await expect(page.getByTestId('result-of-import')).toContainText('Loaded', STEP)
  await isAtHeading(page)
  await expect(page.locator('.import-page [role=status]').first()).toContainText('Loaded')

  await press(page, 'undo')
  await tabTo(page, page.getByTestId('undo-confirm'), 'the button of the question')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('result-of-import')).toContainText('Undone', STEP)
  await isAtHeading(page)
})
