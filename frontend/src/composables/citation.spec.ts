import { describe, expect, it } from 'vitest'

import { aPrint } from '@/testing/samples'

import { citationBibtex, citationFile, citationRis, citationText, type Cited, type CitationWords } from './citation'

const words: CitationWords = {
  untitled: 'Ohne Titel',
  number: (number) => `Inv. ${number}`,
  accessed: (day) => `abgerufen am ${day}`,
  day: (day) => new Intl.DateTimeFormat('de', { dateStyle: 'long' }).format(day),
}
const person = (name: string, ...roles: string[]) => ({ id: 1, name, birth_year: null, death_year: null, roles })
const cited = (part: Parameters<typeof aPrint>[0] = {}): Cited => ({
  print: aPrint(part),
  address: 'https://recto.example/prints/12',
  day: new Date(2026, 10, 21, 23, 30),
})

describe('a citation', () => {
  it('names people with their roles, date, house and number', () => {
    expect(citationText(cited(), words)).toBe(
      'Vallotton, Félix (Künstler): La Paresse. 1896. Holzschnitt. Graphische Sammlung ETH Zürich, Inv. 1916.0047.1. ' +
        'https://recto.example/prints/12 (abgerufen am 21. November 2026)',
    )
  })

  it('leaves out what is not known, and doubles no full stop', () => {
    const bare = { people: [], title: '', date: '', techniques: [], institution: '', inventory_number: '' }
    expect(citationText(cited(bare), words)).toBe('Ohne Titel. https://recto.example/prints/12 (abgerufen am 21. November 2026)')
    expect(citationText(cited({ ...bare, title: 'Que\nviene el coco!', date: '16. Jh.' }), words)).toContain('Que viene el coco! 16. Jh. https')
  })

  it('is BibTeX that TeX can read', () => {
    const text = citationBibtex(
      cited({ title: '50 % of {A} & B_c', people: [person('Doré, Gustave', 'designer'), person('Smith and Sons', 'printer'), person('Hachette', 'Verleger')], year_max: 1898 }),
      'Untitled',
    )
    expect(text).toContain('@misc{Dore1896-12,')
    expect(text).toContain('author = {Doré, Gustave and {Smith and Sons}},')
    expect(text).toContain('publisher = {Hachette},')
    expect(text).toContain('title = {{50 \\% of \\{A\\} \\& B\\_c}},')
    expect(text).toContain('date = {1896/1898},')
    expect(text).toContain('urldate = {2026-11-21},')
    expect(text.endsWith('}\n')).toBe(true)
  })

  it('is RIS with one field a line', () => {
    const lines = citationRis(cited({ title: 'Zwei\r\nUR  - https://evil.example', people: [person('Künstler, Änne', 'Herausgeber')] }), 'Untitled').split('\r\n')
    expect(lines[0]).toBe('TY  - ART')
    expect(lines).toContain('ED  - Künstler, Änne')
    expect(lines).toContain('TI  - Zwei UR - https://evil.example')
    expect(lines).toContain('PY  - 1896')
    expect(lines).toContain('CN  - 1916.0047.1')
    expect(lines).toContain('Y2  - 2026/11/21')
    expect(lines.slice(-2)).toEqual(['ER  - ', ''])
    expect(lines.filter((line) => line.startsWith('UR'))).toEqual(['UR  - https://recto.example/prints/12'])
  })

  it.each([
    ['D 123/4 (Zürich)', 'D-123-4-Zürich'],
    ['../..', 'print-12'],
  ])('of %s is saved as %s', (inventory_number, name) => {
    expect(citationFile(aPrint({ inventory_number }))).toBe(name)
  })
})
