import { useI18n } from 'vue-i18n'

/** Making a format takes longer than drawing a card; vue-i18n's `n` makes a new one for each number. */
const formats = new Map<string, Intl.NumberFormat>()

function formatFor(locale: string, decimals: number): Intl.NumberFormat {
  const name = `${locale} ${decimals}`
  const known = formats.get(name)
  if (known) return known
  const format = new Intl.NumberFormat(locale, decimals > 0 ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals } : {})
  formats.set(name, format)
  return format
}

/** A few digits are written alike in all languages of the page; the browser's first format costs a phone a tenth of a second. */
function isPlain(value: number, decimals: number): boolean {
  return decimals === 0 && Number.isInteger(value) && value >= 0 && value < 1000
}

/** Numbers as the page's language writes them, for lists that have many and for what is drawn first. `decimals`: always so many, where given. */
export function useNumbers(): { n: (value: number, decimals?: number) => string } {
  const { locale } = useI18n()
  return { n: (value, decimals = 0) => (isPlain(value, decimals) ? String(value) : formatFor(locale.value, decimals).format(value)) }
}
