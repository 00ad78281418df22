/** The page's texts. English comes with the first load; the other languages when they are chosen. */
import { createI18n } from 'vue-i18n'

import { setApiLanguage } from '@/api/client'
import en from '@/locales/en.json'
import type { Locale } from '@/stores/preferences'

export type Texts = typeof en

type Loader = () => Promise<{ default: unknown }>

const loaders: Record<Exclude<Locale, 'en'>, Loader> = {
  de: () => import('@/locales/de.json'),
  fr: () => import('@/locales/fr.json'),
  it: () => import('@/locales/it.json'),
}

export const i18n = createI18n<[Texts], Locale, false>({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en } as never,
})

/** Shows the page, and asks the server for its sentences, in this language. */
export async function useLanguage(locale: Locale): Promise<void> {
  if (locale !== 'en' && !i18n.global.availableLocales.includes(locale)) {
    const texts = await loaders[locale]()
    i18n.global.setLocaleMessage(locale, texts.default as Texts)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  setApiLanguage(locale)
}
