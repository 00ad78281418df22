import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

test('the collection can be browsed and searched by words', async ({ page, shoot }) => {
  await page.goto('/prints')
  await expect(page.locator('.print-wall img').first()).toBeVisible()
  const summary = page.getByTestId('summary')
  await expect(summary).toHaveText(/\d/)
  const before = await summary.innerText()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('collection')
  expect(await accessibilityProblems(page)).toEqual([])
  const words = page.getByTestId('filter-q').first()
  await words.fill('zzzzqqq')
  await words.press('Enter')
  await expect(page).toHaveURL(/q=zzzzqqq/)
  await expect(page.getByTestId('empty')).toBeVisible()
  await expect(summary).not.toHaveText(before)
})

test('the page speaks German', async ({ page, shoot }) => {
  await page.goto('/')
  await page.getByLabel('Language').selectOption('de')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcher Druck ist das?')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await shoot('start-de')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcher Druck ist das?')
})

test('about names the descriptor and the counts', async ({ page, shoot }) => {
  await page.goto('/about')
  await expect(page.locator('dl')).toContainText('@')
  await shoot('about')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('an address that leads nowhere says so', async ({ page, shoot }) => {
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page')
  await shoot('not-found')
})

test('the keyboard reaches everything from the start', { tag: '@desktop' }, async ({ page }) => {
  await page.goto('/')
  await expect(page.getByTestId('example').first()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByText('Skip to the content')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByTestId('choose')).toBeFocused()
  // The other ways in lie between: the camera where there is one, an address, several pictures.
  const example = page.getByTestId('example').first()
  for (let step = 0; step < 8 && !(await example.evaluate((element) => element === document.activeElement)); step += 1) await page.keyboard.press('Tab')
  await expect(example).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('result').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})
