import { useI18n } from 'vue-i18n'

import type { YearRange } from './yearRange'

/** Years in words; an end that is null is open. Years are written without the marks of thousands. */
export function useYearsText(): (range: YearRange) => string {
  const { t } = useI18n()
  return ({ from, to }) => {
    if (from !== null && from === to) return String(from)
    const key = from === null ? 'yearsTo' : to === null ? 'yearsFrom' : 'yearsBetween'
    return t(`filters.chips.${key}`, { from: String(from), to: String(to) })
  }
}
