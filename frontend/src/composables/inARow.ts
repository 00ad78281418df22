/** Facts one after the other, without those that are not known. */
export function inARow(facts: readonly (string | null | undefined)[], between = ' · '): string {
  return facts.filter(Boolean).join(between)
}
