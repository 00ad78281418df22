/** The page's texts as its locale files have them, and which of them would be of a wrong language. */
import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'
import { createI18n } from 'vue-i18n'

import type en from '../src/locales/en.json'

export const LANGUAGES = ['en', 'de', 'fr', 'it'] as const
export type Language = (typeof LANGUAGES)[number]
type Texts = typeof en

const files = Object.fromEntries(
  LANGUAGES.map((language) => [language, JSON.parse(readFileSync(new URL(`../src/locales/${language}.json`, import.meta.url), 'utf8')) as Texts]),
) as Record<Language, Texts>

const i18n = createI18n<[Texts], Language, false>({ legacy: false, locale: 'en', messages: files as never })

/** What the page says there, as its texts are written. */
export function say(language: Language, key: string, params: Record<string, string> = {}, count = 1): string {
  const text = i18n.global.t(key as 'start.heading', params, { plural: count, locale: language })
  if (text === key) throw new Error(`${key} is in no locale file.`)
  return plain(text)
}

/** With ordinary spaces: French has others, which this is not about. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The text with a number in this form at its place. */
export function pattern(language: Language, key: string, name: string, form: string): RegExp {
  const [before = '', after = ''] = say(language, key, { [name]: '\0' }).split('\0')
  return new RegExp(escaped(before) + form + escaped(after))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')
}

function* textsOf(node: object): Generator<string> {
  for (const value of Object.values(node)) {
    if (typeof value === 'string') yield* value.split(' | ').map(plain)
    else yield* textsOf(value as object)
  }
}

/** Texts of the other languages that this one never says. */
function foreignTo(language: Language): string[] {
  const own = new Set(textsOf(files[language]))
  const others = LANGUAGES.filter((one) => one !== language).flatMap((one) => [...textsOf(files[one])])
  return [...new Set(others)].filter((text) => !own.has(text) && !text.includes('{') && /\p{L}{3}/u.test(text))
}

/** What is on the page in another language: each line of it, and what only a screen reader says. */
export async function foreignTexts(page: Page, language: Language): Promise<string[]> {
  const seen = await page.evaluate(() => {
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].filter((one) => one.checkVisibility())
    const names = named.flatMap((one) => ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''))
    return [document.title, ...document.body.innerText.split('\n'), ...names]
  })
  const foreign = new Set(foreignTo(language))
  return [...new Set(seen.map((text) => text.replace(/\s+/g, ' ').trim()))].filter((text) => foreign.has(text))
}
