/** The pages with which staff watch over a server: jobs, index, collections, groups, trail, account. */
import { expect, test } from './staff'
import { problemsInBothThemes, sidewaysScroll } from './test'

const PAGES = [
  ['/jobs', 'Jobs'],
  ['/index', 'The index'],
  ['/collections', 'Collections'],
  ['/image-groups', 'The same image'],
  ['/audit', 'Audit trail'],
  ['/account', 'Your account'],
] as const

for (const [address, heading] of PAGES) {
  test(`${address} is there for everybody who may see it`, async ({ page, shoot }) => {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    await expect(page.locator('.v-skeleton-loader')).toHaveCount(0)
    await expect(page.getByTestId('error')).toHaveCount(0)
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await problemsInBothThemes(page)).toEqual([])
    await shoot(`staff-${address.slice(1)}`)
  })
}

test('the menu is used by keyboard, and signing out shuts the pages', async ({ page, allowComplaints }) => {
  // The page asks for what it may no longer see.
  allowComplaints(/status of 40[13]/)
  await page.goto('/jobs')
  const menu = page.getByTestId('staff-menu')
  await menu.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Index', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  // One that still folds away would be folded away again by the next key.
  await expect(page.getByTestId('sign-out')).toBeHidden()
  await page.keyboard.press('Enter')
  await page.getByTestId('sign-out').click()
  await expect(page).toHaveURL('/')
  await page.goto('/jobs')
  await expect(page).toHaveURL('/sign-in?next=/jobs')
})
