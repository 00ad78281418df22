/** One whole visit in each language: from the start page to a search that was kept and deleted, and browsing. */
import type { APIRequestContext, Locator, Page, Response } from '@playwright/test'

import { results } from './answers'
import type { Upload } from './pictures'
import { expect, test } from './test'
import { foreignTexts, LANGUAGES, pattern, say, type Language } from './texts'

/** As browsers name it where the language is spoken, not as this page does. */
const SPOKEN: Record<Language, string> = { en: 'en-GB', de: 'de-AT', fr: 'fr-CH', it: 'it-CH' }
const DECIMAL: Record<Language, string> = { en: '0\\.\\d\\d', de: '0,\\d\\d', fr: '0,\\d\\d', it: '0,\\d\\d' }

interface Print {
  id: number
  title: string
  inventory_number: string
  image: { id: number; image_url: string }
}

interface Answer {
  verdict: string | null
  total: number
  results: { verdict: string | null; similarity: number | null; match: { inliers: number } | null; print: { id: number; techniques: string[] } }[]
  kept?: { expires_at: string } | null
}

interface Known {
  print: Print
  picture: Upload
}

let known: Promise<Known> | undefined

/** A print that its picture finds alone, asked for once: what the page says of it is known beforehand. */
function printFoundAlone(request: APIRequestContext): Promise<Known> {
  known ??= (async () => {
    const { results: prints } = (await (await request.get('/api/v1/prints/?page_size=20')).json()) as { results: Print[] }
    for (const print of prints) {
      const multipart = { image_id: String(print.image.id), limit: '3' }
      const answer = (await (await request.post('/api/v1/searches/', { multipart })).json()) as Answer
      const [first, second] = answer.results
      if (answer.verdict !== 'same_image' || first?.print.id !== print.id || first.print.techniques.length === 0 || second?.match) continue
      const buffer = await (await request.get(print.image.image_url)).body()
      return { print, picture: { name: 'photograph.webp', mimeType: 'image/webp', buffer } }
    }
    throw new Error(`None of ${prints.length} prints is found alone.`)
  })()
  return known
}

/** By the page itself, which asks again where a connection was closed meanwhile. */
function asked<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (address) => (await (await fetch(address)).json()) as T, path)
}

/** A moment or a day as this language writes it, by the browser's own knowledge. */
function written(page: Page, language: Language, moment: string, options: Intl.DateTimeFormatOptions): Promise<string> {
  return page.evaluate(([tongue, iso, form]) => new Intl.DateTimeFormat(tongue, form).format(new Date(iso)), [language, moment, options] as const)
}

const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const

/** The next answer to a search that is of this kind. */
async function answerOf(page: Page, isWanted: (answer: Answer) => boolean = () => true): Promise<Answer> {
  const isIt = async (response: Response): Promise<boolean> =>
    response.url().endsWith('/searches/') && response.request().method() === 'POST' && isWanted((await response.json()) as Answer)
  return (await (await page.waitForResponse(isIt)).json()) as Answer
}

/** A visitor who speaks this language, on this device. */
class Visit {
  constructor(
    readonly page: Page,
    readonly language: Language,
    readonly isMobile: boolean,
  ) {}

  text(key: string, params: Record<string, string> = {}, count = 1): string {
    return say(this.language, key, params, count)
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language).format(value)
  }

  press(place: Locator): Promise<void> {
    return this.isMobile ? place.tap() : place.click()
  }

  async isInItsLanguage(title: string): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('lang', this.language)
    await expect(this.page).toHaveTitle(new RegExp(`^${this.text(title)} · `))
    await expect.poll(() => foreignTexts(this.page, this.language)).toEqual([])
  }

  heading(text: string): Promise<void> {
    return expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text)
  }

  async chooseLanguage(language: Language): Promise<Visit> {
    await this.page.locator('header select').first().selectOption(language)
    const visit = new Visit(this.page, language, this.isMobile)
    await expect(this.page.locator('html')).toHaveAttribute('lang', language)
    return visit
  }
}

for (const [index, language] of LANGUAGES.entries()) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: SPOKEN[language] })

    test('a print is found, compared, cited, and its search kept and deleted', async ({ page, request, isMobile, shoot }) => {
      const { print, picture } = await printFoundAlone(request)
      const visit = new Visit(page, language, isMobile)
      await start(visit)
      const answer = await find(visit, picture)
      await compare(visit, answer)
      await readRecord(visit, print)
      await filter(visit)
      await keep(visit)
      await shoot(`language-${language}`)
      await changeLanguage(visit, LANGUAGES[(index + 1) % LANGUAGES.length] ?? 'en')
    })

    test('the collection is browsed by words and years, and the page tells of itself', async ({ page, request, isMobile, shoot }) => {
      const { print } = await printFoundAlone(request)
      const visit = new Visit(page, language, isMobile)
      await page.goto('/')
      await browse(visit, print)
      await shoot(`language-browse-${language}`)
      await readAbout(visit)
    })
  })
}

async function start(visit: Visit): Promise<void> {
  const { page } = visit
  await page.goto('/')
  await visit.heading(visit.text('start.heading'))
  await expect(page.getByLabel(visit.text('picture.choose'))).toBeAttached()
  await expect(page.getByTestId('example').first()).toBeVisible()
  await visit.isInItsLanguage('titles.search')
}

async function find(visit: Visit, picture: Upload): Promise<Answer> {
  const { page } = visit
  const answering = answerOf(page)
  await page.getByTestId('choose').setInputFiles(picture)
  const answer = await answering
  await visit.heading(visit.text('verdict.heading.same_image'))
  const first = results(page).first()
  await expect(first.getByTestId('verdict-badge')).toContainText(visit.text('verdicts.same_image'))
  const inliers = answer.results[0]?.match?.inliers ?? 0
  await expect(first).toContainText(visit.text('results.points', { count: visit.number(inliers) }, inliers))
  await expect(page.getByTestId('summary')).toHaveText(visit.text('results.summary', { count: visit.number(answer.results.length), total: visit.number(answer.total) }, answer.results.length))
  // How alike the others look is told as a number with this language's decimal sign; not by a server too busy to look.
  const resemblances = ['much', 'little', 'hardly'].map((word) => pattern(visit.language, `results.resemblance.${word}`, 'score', DECIMAL[visit.language]).source)
  if (typeof answer.results[1]?.similarity === 'number') await expect(results(page).nth(1)).toContainText(new RegExp(resemblances.join('|')))
  await visit.isInItsLanguage('titles.search')
  return answer
}

async function compare(visit: Visit, answer: Answer): Promise<void> {
  const { page } = visit
  await visit.press(page.getByTestId('compare-best'))
  const inliers = answer.results[0]?.match?.inliers ?? 0
  await expect(page.getByTestId('evidence-words')).toContainText(visit.text('evidence.points', { count: visit.number(inliers) }, inliers))
  await visit.press(page.getByRole('button', { name: visit.text('evidence.views.overlay') }))
  await expect(page.getByLabel(visit.text('evidence.opacity'))).toBeVisible()
  await visit.isInItsLanguage('titles.search')
  await visit.press(page.getByTestId('evidence-back'))
  await visit.heading(visit.text('verdict.heading.same_image'))
}

async function readRecord(visit: Visit, print: Print): Promise<void> {
  const { page } = visit
  await visit.press(page.getByRole('link', { name: visit.text('verdict.open'), exact: true }))
  await expect(page).toHaveURL(new RegExp(`/prints/${print.id}$`))
  await expect(page.getByRole('heading', { name: visit.text('cite.heading') })).toBeVisible()
  await expect(page.getByText(visit.text('print.facts.technique'), { exact: true })).toBeVisible()
  const today = await written(page, visit.language, new Date().toISOString(), { dateStyle: 'long' })
  await expect(page.getByTestId('citation')).toContainText(visit.text('cite.accessed', { day: today }))
  await expect(results(page).first()).toBeVisible()
  await visit.isInItsLanguage('titles.print')
  await visit.press(page.getByRole('button', { name: visit.text('print.back.results') }))
  await visit.heading(visit.text('verdict.heading.same_image'))
}

async function filter(visit: Visit): Promise<void> {
  const { page, isMobile } = visit
  if (isMobile) await page.getByTestId('open-filters').tap()
  await expect(page.getByText(visit.text('filters.names.technique'), { exact: true })).toBeVisible()
  const option = page.locator('label', { has: page.getByTestId('filter-technique') }).first()
  const technique = (await option.locator('span').first().textContent()) ?? ''
  await visit.press(option)
  if (isMobile) {
    await visit.isInItsLanguage('titles.search')
    await page.getByTestId('close-filters').tap()
  }
  const chip = page.getByTestId('refinements').getByTestId('chip')
  await expect(chip).toHaveAccessibleName(visit.text('refined.remove', { name: visit.text('filters.names.technique'), text: technique }))
  await expect(page.locator('.search-results-main')).toHaveAttribute('aria-busy', 'false')
  await visit.press(chip)
  await expect(page).not.toHaveURL(/technique=/)
  await visit.heading(visit.text('verdict.heading.same_image'))
}

async function keep(visit: Visit): Promise<void> {
  const { page } = visit
  await visit.press(page.getByTestId('keep'))
  await expect(page.getByRole('dialog')).toContainText(visit.text('keep.who'))
  await visit.isInItsLanguage('titles.search')
  const answering = answerOf(page, ({ kept }) => Boolean(kept))
  await visit.press(page.getByTestId('keep-confirm'))
  const until = await written(page, visit.language, (await answering).kept?.expires_at ?? '', MOMENT)
  await expect(page.getByTestId('kept')).toContainText(visit.text('keep.until', { moment: until }))
  await visit.isInItsLanguage('titles.search')
  await visit.press(page.getByTestId('kept-delete'))
  await expect(page.getByRole('dialog')).toContainText(visit.text('keep.deleteHeading'))
  await visit.press(page.getByTestId('confirm'))
  await expect(page.getByTestId('kept-deleted')).toHaveText(visit.text('keep.deleted'))
}

/** By the menu, in the middle of the results: nothing is searched for again, and nothing is lost. */
async function changeLanguage(visit: Visit, next: Language): Promise<void> {
  const { page } = visit
  const [address, picture] = [page.url(), await page.getByTestId('query-picture').getAttribute('src')]
  let sent = 0
  page.on('request', (request) => void (sent += Number(request.method() === 'POST')))
  const other = await visit.chooseLanguage(next)
  await other.heading(other.text('verdict.heading.same_image'))
  await expect(results(page).first().getByTestId('verdict-badge')).toContainText(other.text('verdicts.same_image'))
  await other.isInItsLanguage('titles.search')
  expect([page.url(), await page.getByTestId('query-picture').getAttribute('src'), sent]).toEqual([address, picture, 0])
  // It is the visitor's choice, which counts for more than the browser's.
  await page.reload()
  await other.heading(other.text('verdict.heading.same_image'))
  await expect(page.locator('html')).toHaveAttribute('lang', next)
}

async function browse(visit: Visit, print: Print): Promise<void> {
  const { page, isMobile } = visit
  await visit.press(page.getByRole('navigation', { name: visit.text('app.navigation') }).getByRole('link', { name: visit.text('app.prints') }))
  await visit.heading(visit.text('prints.heading'))
  await expect(page.locator('.print-wall img').first()).toBeVisible()
  await visit.isInItsLanguage('titles.prints')
  if (isMobile) await page.getByTestId('open-filters').tap()
  const from = page.getByLabel(visit.text('filters.yearsFrom'))
  const least = Number(await from.getAttribute('min'))
  await from.focus()
  await from.press('ArrowRight')
  await expect(from).toHaveAttribute('aria-valuetext', String(least + 1))
  await visit.isInItsLanguage('titles.prints')
  if (isMobile) await page.getByTestId('close-filters').tap()
  const chips = page.getByTestId('refinements').getByTestId('chip')
  const years = visit.text('filters.chips.yearsFrom', { from: String(least + 1) })
  await expect(chips).toHaveText([years])

  const words = page.getByLabel(visit.text('filters.q')).first()
  await words.fill(print.inventory_number)
  await words.press('Enter')
  await expect(chips).toHaveText([years, visit.text('filters.chips.words', { words: print.inventory_number })])
  const query = new URLSearchParams({ q: print.inventory_number, year_from: String(least + 1), page_size: '1' })
  const { count } = await asked<{ count: number }>(page, `/api/v1/prints/?${query.toString()}`)
  await expect(page.getByTestId('summary')).toHaveText(visit.text('prints.summary', { count: visit.number(count) }, count))
}

async function readAbout(visit: Visit): Promise<void> {
  const { page } = visit
  const info = await asked<{ updated_at: string; prints: number; images: number }>(page, '/api/v1/info/')
  // On a phone the link is at the foot of the page.
  const place = visit.isMobile ? page.getByRole('contentinfo') : page.getByRole('navigation', { name: visit.text('app.navigation') })
  await visit.press(place.getByRole('link', { name: visit.text('app.about') }))
  await visit.heading(visit.text('about.heading'))
  const updated = await written(page, visit.language, info.updated_at, MOMENT)
  await expect(page.getByTestId('searched')).toContainText(visit.text('about.updated', { moment: updated }))
  const counts = { count: visit.number(info.prints), images: visit.number(info.images) }
  await expect(page.getByTestId('searched')).toContainText(visit.text('about.searched', counts, info.prints))
  await visit.isInItsLanguage('titles.about')
}
