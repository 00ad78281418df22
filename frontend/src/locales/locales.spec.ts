import { describe, expect, it } from 'vitest'

import de from './de.json'
import en from './en.json'
import fr from './fr.json'
import it_ from './it.json'

interface Texts {
  [name: string]: string | Texts
}

/** All texts by their full name. */
function flat(texts: Texts, prefix = ''): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : [...flat(value, `${prefix}${name}.`)],
  )
  return new Map(entries)
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
const forms = (text: string): number => text.split(' | ').length

describe.each(Object.entries({ de, fr, it: it_ }))('the texts in %s', (_, texts) => {
  const english = flat(en)
  const translated = flat(texts)

  it('are the same as in English', () => {
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort())
  })

  it('have the same placeholders and plural forms', () => {
    for (const [name, text] of english) {
      const other = translated.get(name) ?? ''
      expect([name, placeholders(other), forms(other)]).toEqual([name, placeholders(text), forms(text)])
    }
  })

  it('are translated', () => {
    const same = [...english].filter(([name, text]) => translated.get(name) === text).map(([name]) => name)
    // Words that are spelt alike.
    expect(same.length).toBeLessThan(english.size / 20)
  })
})

describe('marks', () => {
  const texts = (language: Texts): [string, string][] => [...flat(language)]

  it('of French keep the narrow space before them on their line', () => {
    const wrong = /[^\S\u202f][;:!?»]|«[^\u202f]|\p{L}[;!?»]/u
    // Cells of tables are written as in a table.
    expect(texts(fr).filter(([name, text]) => wrong.test(text) && !name.startsWith('server.accepted.'))).toEqual([])
  })

  it('of German are „these“, its words those of Germany and Austria', () => {
    const swiss = /[«»”]|“\p{L}|(?<!\p{L})(?:heiss|gross|grösse|liess|schliess|ausserhalb|weiss)/iu
    expect(texts(de).filter(([, text]) => swiss.test(text))).toEqual([])
  })

  it('of English are “these”', () => {
    expect(texts(en).filter(([, text]) => /[„«»]/.test(text))).toEqual([])
  })
})
