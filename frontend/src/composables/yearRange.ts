/** A choice of years on a bar chart of them. Pure. */

export interface YearBin {
  from: number
  to: number
  count: number
}

/** Both ends are in it; null is open. */
export interface YearRange {
  from: number | null
  to: number | null
}

/** The years that the bars show: the first of the first, the last of the last. */
export function spanOf(bins: YearBin[]): { from: number; to: number } {
  return { from: bins[0]?.from ?? 0, to: bins.at(-1)?.to ?? 0 }
}

/** An end at the edge of the chart is open: all there is, in that direction. */
export function rangeOf(from: number, to: number, bins: YearBin[]): YearRange {
  const span = spanOf(bins)
  return { from: from <= span.from ? null : Math.min(from, to), to: to >= span.to ? null : Math.max(from, to) }
}

/** Where the ends are on the chart, though years beyond it may be asked for. */
export function endsOf(range: YearRange, bins: YearBin[]): { from: number; to: number } {
  const span = spanOf(bins)
  const clamp = (year: number): number => Math.min(span.to, Math.max(span.from, year))
  return { from: clamp(range.from ?? span.from), to: clamp(range.to ?? span.to) }
}

/** From one bar to another, in either direction; the same again takes it back. */
export function binsChosen(one: YearBin, other: YearBin, bins: YearBin[], now: YearRange): YearRange {
  const chosen = rangeOf(Math.min(one.from, other.from), Math.max(one.to, other.to), bins)
  return sameRange(chosen, now) ? { from: null, to: null } : chosen
}

export function touches(bin: YearBin, { from, to }: YearRange): boolean {
  return (to === null || bin.from <= to) && (from === null || bin.to >= from)
}

export function sameRange(one: YearRange, other: YearRange): boolean {
  return one.from === other.from && one.to === other.to
}
