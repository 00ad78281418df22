/** The form of a record: its fields as a person writes them, and what of them is sent to the server. Pure. */
import type { EditedPerson, EditedRelation, PrintChange } from '@/api/editing'
import type { PrintDetail } from '@/api/types'

/** A further field; `kept` is the value as the server has it, which may be a number. */
export interface ExtraField {
  name: string
  value: string
  kept?: unknown
}

/** Years that a person set; a single one stands alone. */
export interface YearSpan {
  first: number | null
  last: number | null
}

export interface PrintFields {
  inventory_number: string
  title: string
  date: string
  /** As they are (null), read out of the date again, or set by hand. */
  years: null | 'of the date' | YearSpan
  people: EditedPerson[]
  classification: string
  /** Apart by commas. */
  techniques: string
  institution: string
  institution_isil: string
  record_url: string
  licence: string
  relations: EditedRelation[]
  extra: ExtraField[]
}

export function noFields(): PrintFields {
  const texts = { inventory_number: '', title: '', date: '', classification: '', techniques: '', institution: '' }
  return { ...texts, institution_isil: '', record_url: '', licence: '', years: null, people: [], relations: [], extra: [] }
}

export function fieldsOf(print: PrintDetail): PrintFields {
  const { inventory_number, title, date, classification, institution, institution_isil, record_url, licence } = print
  return {
    ...{ inventory_number, title, date, classification, institution, institution_isil, record_url, licence },
    years: null,
    people: print.people.map(({ name, birth_year, death_year, roles }) => ({ name, birth_year, death_year, roles })),
    techniques: print.techniques.join(', '),
    relations: print.relations.map(({ kind, text }) => ({ kind, text })),
    extra: Object.entries(print.extra).map(([name, kept]) => ({ name, value: kept === null ? '' : String(kept), kept })),
  }
}

/** The fields as the server takes them; lines in which nothing is written are left out. */
export function bodyOf({ years, techniques, people, relations, extra, ...texts }: PrintFields): PrintChange {
  return {
    ...texts,
    ...yearsBody(years),
    techniques: listOf(techniques),
    people: people.filter((one) => one.name !== '' || one.roles.length > 0 || one.birth_year !== null || one.death_year !== null),
    relations: relations.filter(({ kind, text }) => kind !== '' || text !== ''),
    extra: Object.fromEntries(extra.filter(({ name, value }) => name.trim() !== '' && value !== '').map((one) => [one.name.trim(), valueOf(one)])),
  }
}

/** The fields that differ, so that two people who edit different fields do not undo each other's work. */
export function changesOf(print: PrintDetail, after: PrintFields): PrintChange {
  const before = bodyOf(fieldsOf(print))
  const wanted = bodyOf(after)
  const names = Object.keys(wanted) as (keyof PrintChange)[]
  const changed = new Set(names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(before[name])))
  // The two are one entry in the catalogue, and are only taken together.
  if (changed.has('institution_isil') || changed.has('institution')) changed.add('institution').add('institution_isil')
  // Years that were set stay when the date is another; set as they are, they need not be sent.
  const same = wanted.year_min === print.year_min && wanted.year_max === print.year_max
  if (same && !changed.has('date')) for (const name of ['year_min', 'year_max'] as const) changed.delete(name)
  if (after.years === 'of the date') changed.add('date')
  return Object.fromEntries([...changed].map((name) => [name, wanted[name]]))
}

export type ExtraProblem = 'nameless' | 'twice'

/** What is wrong with the further fields, by their place in the list. */
export function extraProblems(extra: ExtraField[]): Map<number, ExtraProblem> {
  const names = extra.map(({ name }) => name.trim())
  const problems = new Map<number, ExtraProblem>()
  extra.forEach(({ value }, index) => {
    const name = names[index] ?? ''
    if (name === '' && value !== '') problems.set(index, 'nameless')
    if (name !== '' && names.indexOf(name) < index) problems.set(index, 'twice')
  })
  return problems
}

export function listOf(text: string): string[] {
  return text.split(',').map((one) => one.trim()).filter(Boolean)
}

/** The year in what somebody typed; null for none. */
export function yearIn(text: string): number | null {
  const year = Number.parseInt(text, 10)
  return Number.isNaN(year) ? null : year
}

function yearsBody(years: PrintFields['years']): PrintChange {
  if (years === null || years === 'of the date') return {}
  return { year_min: years.first ?? years.last, year_max: years.last ?? years.first }
}

/** A number stays one, also when another is written in its place. */
function valueOf({ value, kept }: ExtraField): string | number {
  const number = Number(value)
  return typeof kept === 'number' && value.trim() !== '' && Number.isFinite(number) ? number : value
}
