import { useI18n } from 'vue-i18n'

/** Moments in the words and the time zone of the reader. */
export function useMoments(): { momentOf: (iso: string) => string } {
  const { locale } = useI18n()
  return {
    momentOf: (iso) => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
  }
}
