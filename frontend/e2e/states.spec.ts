/** Every page for visitors in every state: for everybody, in both themes, without sideways scrolling; and its pictures. */
import type { Page } from '@playwright/test'

import { WITH_A_CAMERA } from './playwright.config'
import { FAILURES, KEEPING, QUEUE, SEARCH } from './searchStates'
import { COLLECTION, OTHERS, RECORD, START } from './states'
import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

const STATES = [...START, ...SEARCH, ...KEEPING, ...FAILURES, ...COLLECTION, ...RECORD, ...QUEUE, ...OTHERS]
const THEMES = ['light', 'dark'] as const

/** A desktop's 1440 by 900 at 200 %, and what WCAG 2.2 asks for (1.4.10): 320 pixels wide, as 1280 at 400 %. */
const ENLARGED = { 'at 200 %': { width: 720, height: 450 }, 'at 400 %': { width: 320, height: 256 } }

test.use({
  // RECTO_E2E_LOCALE=de-DE: for pictures of another language.
  locale: process.env.RECTO_E2E_LOCALE ?? 'en-GB',
  launchOptions: WITH_A_CAMERA,
})

// What is held back is never answered.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }))

/** The page follows the device: no second visit is needed. */
async function turnTo(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('.v-application')).toHaveClass(new RegExp(`v-theme--${theme}`))
}

for (const { name, reach } of STATES) {
  test(`${name}: nothing is in anybody's way, in the light and in the dark`, async ({ page, request, context, isMobile, allowComplaints, shoot }) => {
    await reach({ page, request, context, isMobile, allowComplaints })
    for (const theme of THEMES) {
      await turnTo(page, theme)
      await shoot(`${name}-${theme}`)
      expect([theme, await sidewaysScroll(page)]).toEqual([theme, 0])
      expect([theme, await accessibilityProblems(page)]).toEqual([theme, []])
    }
  })
}

for (const { name, reach } of STATES.filter(({ enlarged }) => enlarged)) {
  for (const [enlargement, size] of Object.entries(ENLARGED)) {
    test(`${name} ${enlargement}: nothing is lost`, { tag: '@desktop' }, async ({ page, request, context, isMobile, allowComplaints, shoot }) => {
      await page.setViewportSize(size)
      await reach({ page, request, context, isMobile, allowComplaints })
      await shoot(`${name}-${size.width}`)
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await accessibilityProblems(page)).toEqual([])
    })
  }
}
