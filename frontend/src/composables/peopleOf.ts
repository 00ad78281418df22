/** Who made a print, in a line: pure. */
import type { Print } from '@/api/types'

export function peopleOf(print: Print): string {
  return print.people.map((person) => person.name).join('; ')
}
