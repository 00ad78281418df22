import { useI18n } from 'vue-i18n'

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** How long something took or takes, in the two largest units that say it: 1 hour, 12 minutes. */
export function useDurations(): { durationOf: (seconds: number) => string; between: (start: string | null, end: string | null) => string | null } {
  const { locale } = useI18n()

  function durationOf(seconds: number): string {
    const rounded = Math.max(1, Math.round(seconds))
    const first = UNITS.findIndex(([, size]) => rounded >= size)
    return partsFrom(first, rounded).join(', ')
  }

  function partsFrom(first: number, seconds: number): string[] {
    let left = seconds
    return UNITS.slice(first, first + 2).flatMap(([unit, size]) => {
      const count = Math.floor(left / size)
      left -= count * size
      return count === 0 ? [] : [new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'long' }).format(count)]
    })
  }

  /** Null where one end is not known. */
  function between(start: string | null, end: string | null): string | null {
    return start === null || end === null ? null : durationOf((Date.parse(end) - Date.parse(start)) / 1000)
  }

  return { durationOf, between }
}
