/** Lists of results as CSV for cataloguers: pure. */
import type { Print, Result } from '@/api/types'

import { peopleOf } from './peopleOf'

/** What such a list says of a print. */
export const RECORD_COLUMNS = ['record_id', 'inventory_number', 'title', 'people', 'date', 'institution', 'record_url'] as const
const COLUMNS = ['rank', 'verdict', 'score', ...RECORD_COLUMNS]

// Excel takes a file without this mark for its own old encoding, and every umlaut is lost.
const BYTE_ORDER_MARK = '\uFEFF'
// A spreadsheet would calculate a cell that begins so, and a catalogue is written by many hands (OWASP: CSV injection).
// An import takes the apostrophe off again: the same rule as in the server's own tables.
const FORMULA = /^'*[=+\-@\t\r]/

/** The results of one search, a line each, under names that are the same in every language. */
export function resultsCsv(results: readonly Result[]): string {
  return csv([COLUMNS, ...results.map(cellsOf)])
}

function cellsOf({ rank, verdict, score, print }: Result): string[] {
  return [String(rank), verdict ?? '', score.toFixed(3), ...recordCells(print)]
}

export function recordCells(print: Print): string[] {
  return RECORD_COLUMNS.map((name) => (name === 'people' ? peopleOf(print) : print[name]))
}

/** RFC 4180: lines end with CR LF, a quotation mark is doubled. */
export function csv(lines: readonly string[][]): string {
  return `${BYTE_ORDER_MARK}${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(text: string): string {
  const harmless = FORMULA.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
