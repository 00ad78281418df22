import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

export const LOCALES = ['en', 'de', 'fr', 'it'] as const
export type Locale = (typeof LOCALES)[number]

export const THEMES = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof THEMES)[number]

const KEY = 'recto.preferences'

interface Kept {
  locale?: unknown
  theme?: unknown
}

/** What the visitor chose for this browser: language and light or dark. */
export const usePreferencesStore = defineStore('preferences', () => {
  const kept = readKept()
  const locale = ref<Locale>(LOCALES.find((one) => one === kept.locale) ?? browserLocale())
  const theme = ref<ThemeChoice>(THEMES.find((one) => one === kept.theme) ?? 'system')

  watch([locale, theme], () => writeKept({ locale: locale.value, theme: theme.value }))
  return { locale, theme }
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
