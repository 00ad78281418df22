/** A print as others cite it: a sentence, and the two formats that programs for literature read. Pure. */
import type { Person, PrintDetail } from '@/api/types'

import { inARow } from './inARow'

/** What the sentence says in the reader's language. */
export interface CitationWords {
  untitled: string
  /** Before an inventory number. */
  number: (number: string) => string
  /** After the address: when it was read. */
  accessed: (day: string) => string
  day: (day: Date) => string
}

export interface Cited {
  print: PrintDetail
  address: string
  day: Date
}

type Part = 'author' | 'editor' | 'publisher'
const EDITOR = /^(herausgeber|editor|éditeur scientifique|curatore)/i
const PUBLISHER = /^(verleger|verlag|publisher|éditeur|editore)/i

/** `Doré, Gustave (designer); Pisan, Héliodore (engraver): Title. 1863. Holzschnitt. House, Inv. 12. https://… (accessed …)` */
export function citationText({ print, address, day }: Cited, words: CitationWords): string {
  const people = print.people.map(({ name, roles }) => (roles.length === 0 ? name : `${name} (${roles.join(', ')})`)).join('; ')
  const title = oneLine(print.title) || words.untitled
  const number = print.inventory_number === '' ? '' : words.number(print.inventory_number)
  const parts = [
    people === '' ? title : `${people}: ${title}`,
    print.date,
    capital(print.techniques.join(', ')),
    inARow([print.institution, number], ', '),
    `${address} (${words.accessed(words.day(day))})`,
  ]
  return parts
    .map(oneLine)
    .filter((part) => part !== '')
    .map((part, index, all) => (index === all.length - 1 ? part : sentence(part)))
    .join(' ')
}

export function citationBibtex(cited: Cited, untitled: string): string {
  const { print, address, day } = cited
  const fields: [string, string][] = [
    ['author', names(print, 'author').map(braced).join(' and ')],
    ['editor', names(print, 'editor').map(braced).join(' and ')],
    ['publisher', escaped(names(print, 'publisher').join('; '))],
    // In braces of its own: a title keeps its capitals.
    ['title', `{${escaped(oneLine(print.title) || untitled)}}`],
    ['date', yearsOf(print, '/')],
    ['year', yearsOf(print, '--')],
    ['howpublished', escaped(print.techniques.join(', '))],
    ['organization', escaped(print.institution)],
    ['note', escaped(noteOf(print))],
    ['url', address],
    ['urldate', isoDay(day)],
  ]
  const lines = fields.filter(([, value]) => value !== '' && value !== '{}').map(([name, value]) => `  ${name} = {${value}},`)
  return [`@misc{${keyOf(print)},`, ...lines, '}', ''].join('\n')
}

export function citationRis({ print, address, day }: Cited, untitled: string): string {
  const lines: [string, string][] = [
    ['TY', 'ART'],
    ...names(print, 'author').map((name): [string, string] => ['AU', name]),
    ...names(print, 'editor').map((name): [string, string] => ['ED', name]),
    ['TI', print.title || untitled],
    ['PY', String(print.year_min ?? print.year_max ?? '')],
    ['DA', print.date],
    ['M3', print.techniques.join(', ')],
    ['PB', names(print, 'publisher').join('; ')],
    ['DP', print.institution],
    ['CN', print.inventory_number],
    ['N1', noteOf(print)],
    ['UR', address],
    ['Y2', isoDay(day).replaceAll('-', '/')],
  ]
  const written = lines.filter(([, value]) => oneLine(value) !== '').map(([tag, value]) => `${tag}  - ${oneLine(value)}`)
  // The format asks for the line ends of old terminals, and for an end.
  return [...written, 'ER  - ', ''].join('\r\n')
}

/** A name for the file without what file systems refuse. */
export function citationFile(print: PrintDetail): string {
  const name = (print.inventory_number || print.record_id).normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-')
  return name.replace(/^[.-]+|[.-]+$/g, '').slice(0, 80) || `print-${print.id}`
}

function names(print: PrintDetail, part: Part): string[] {
  return print.people.filter((person) => partOf(person) === part).map(({ name }) => name)
}

/** Whoever did anything but edit or publish made it. */
function partOf({ roles }: Person): Part {
  if (roles.length > 0 && roles.every((role) => PUBLISHER.test(role) && !EDITOR.test(role))) return 'publisher'
  return roles.length > 0 && roles.every((role) => EDITOR.test(role) || PUBLISHER.test(role)) ? 'editor' : 'author'
}

function noteOf({ people, date, inventory_number, licence }: PrintDetail): string {
  const roles = people.filter((person) => person.roles.length > 0).map((person) => `${person.name}: ${person.roles.join(', ')}`)
  return inARow([date, inventory_number, ...roles, licence], '; ')
}

function yearsOf({ year_min, year_max }: PrintDetail, between: string): string {
  if (year_min === null) return year_max === null ? '' : String(year_max)
  return year_max === null || year_max === year_min ? String(year_min) : `${year_min}${between}${year_max}`
}

function keyOf(print: PrintDetail): string {
  const plain = (print.people[0]?.name.split(',')[0] ?? 'print').normalize('NFD').replace(/[^A-Za-z0-9]/g, '')
  return `${plain || 'print'}${print.year_min ?? ''}-${print.id}`
}

// The name of a house that has an "and" in it is not two names.
function braced(name: string): string {
  return / and /i.test(name) ? `{${escaped(name)}}` : escaped(name)
}

/** Without what BibTeX and TeX take for commands. */
function escaped(text: string): string {
  const signs: Record<string, string> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' }
  return oneLine(text).replace(/[\\{}$&#%_~^]/g, (sign) => signs[sign] ?? `\\${sign}`)
}

function sentence(text: string): string {
  return /[.!?…]["'”»]?$/.test(text) ? text : `${text}.`
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The reader's day, not the one of Greenwich. */
function isoDay(day: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
