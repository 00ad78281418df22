/** Lists of results as CSV for cataloguers: pure, but for the saving of the file. */
import type { Result } from '@/api/types'

const COLUMNS = ['rank', 'verdict', 'score', 'record_id', 'inventory_number', 'title', 'people', 'date', 'institution', 'record_url'] as const

/** What was found with one of several pictures. */
export interface ListedResults {
  /** Its file's name. */
  picture: string
  results: readonly Result[]
  /** Why there is none, in words; stands beside the picture where the list is empty. */
  note?: string
}

// Excel takes a file without this mark for its own old encoding, and every umlaut is lost.
const BYTE_ORDER_MARK = '\uFEFF'
// A spreadsheet would calculate a cell that begins so, and a catalogue is written by many hands (OWASP: CSV injection).
// An import takes the apostrophe off again: the same rule as in the server's own tables.
const FORMULA = /^'*[=+\-@\t\r]/

/** The results of one search, a line each, under names that are the same in every language. */
export function resultsCsv(results: readonly Result[]): string {
  return csv([[...COLUMNS], ...results.map(cellsOf)])
}

/** The results of several pictures in one table; each line begins with its picture. */
export function listsCsv(lists: readonly ListedResults[]): string {
  const lines = lists.flatMap(({ picture, results, note = '' }) =>
    results.length === 0 ? [[picture, '', note]] : results.map((result) => [picture, ...cellsOf(result)]),
  )
  return csv([['picture', ...COLUMNS], ...lines])
}

/** Hands a table to the browser as a file to keep. */
export function saveCsv(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  link.click()
  // Not at once: the browser reads it after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

function cellsOf({ rank, verdict, score, print }: Result): string[] {
  const people = print.people.map(({ name }) => name).join('; ')
  const { record_id, inventory_number, title, date, institution, record_url } = print
  return [String(rank), verdict ?? '', score.toFixed(3), record_id, inventory_number, title, people, date, institution, record_url]
}

/** RFC 4180: lines end with CR LF, a quotation mark is doubled; lines of unlike length are filled up. */
export function csv(lines: readonly string[][]): string {
  const width = Math.max(...lines.map((line) => line.length))
  const rows = lines.map((line) => Array.from({ length: width }, (_, index) => cell(line[index] ?? '')).join(','))
  return `${BYTE_ORDER_MARK}${rows.join('\r\n')}\r\n`
}

function cell(text: string): string {
  const harmless = FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
