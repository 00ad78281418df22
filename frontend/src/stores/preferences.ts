import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

export const LOCALES = ['en', 'de', 'fr', 'it'] as const
export type Locale = (typeof LOCALES)[number]

export const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

export const RESULT_VIEWS = ['grid', 'list'] as const
export type ResultView = (typeof RESULT_VIEWS)[number]

const KEY = 'recto.preferences'

interface Kept {
  locale?: unknown
  theme?: unknown
  resultView?: unknown
}

/** What the visitor chose for this browser: language, light or dark, results as cards or as a list. */
export const usePreferencesStore = defineStore('preferences', () => {
  const kept = readKept()
  const locale = ref<Locale>(LOCALES.find((one) => one === kept.locale) ?? browserLocale())
  const theme = ref<ThemeChoice>(THEMES.find((one) => one === kept.theme) ?? 'system')
  const resultView = ref<ResultView>(RESULT_VIEWS.find((one) => one === kept.resultView) ?? 'grid')

  let isLent = false
  watch([locale, theme, resultView], () => {
    if (!isLent) writeKept({ locale: locale.value, theme: theme.value, resultView: resultView.value })
  })

  /** For this visit only: what the site that shows Recto in a frame asks for, by the address. */
  function lend(asked: URLSearchParams): void {
    isLent = true
    locale.value = LOCALES.find((one) => one === asked.get('lang')) ?? locale.value
    theme.value = THEMES.find((one) => one === asked.get('theme')) ?? theme.value
  }

  return { locale, theme, resultView, lend }
})

function browserLocale(): Locale {
  const wanted = navigator.languages.map((language) => language.slice(0, 2))
  return LOCALES.find((locale) => wanted.find((one) => LOCALES.some((known) => known === one)) === locale) ?? 'en'
}

// Storage may be forbidden (private windows, embedded frames): then the choice lasts for this visit.
function readKept(): Kept {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '{}') as Kept | null) ?? {}
  } catch {
    return {}
  }
}

function writeKept(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    return
  }
}
