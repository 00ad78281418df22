import { useI18n } from 'vue-i18n'

/** Making a format takes longer than drawing a card; vue-i18n's `n` makes a new one for each number. */
const formats = new Map<string, Intl.NumberFormat>()

function formatFor(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(name)
  if (known) return known
  const format = new Intl.NumberFormat(locale, options)
  formats.set(name, format)
  return format
}

/** A few digits are written alike in all languages of the page; the browser's first format costs a phone a tenth of a second. */
function isPlain(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 1000
}

/** So many digits after the point, no more and no fewer. */
export function decimals(count: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: count, maximumFractionDigits: count }
}

/** Numbers as the page's language writes them. */
export function useNumbers(): { n: (value: number, options?: Intl.NumberFormatOptions) => string } {
  const { locale } = useI18n()
  return { n: (value, options) => (!options && isPlain(value) ? String(value) : formatFor(locale.value, options ?? {}).format(value)) }
}
