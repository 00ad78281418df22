import { describe, expect, it } from 'vitest'

import { markWords } from './markWords'

/** The text with its marked parts in brackets. */
function marked(text: string, q: string): string {
  return markWords(text, q)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('')
}

describe('markWords', () => {
  it.each([
    ['Dürer, Albrecht', 'durer', '[Dürer], Albrecht'],
    ['Dürer, Albrecht', 'DUERER albr', '[Dürer], [Albr]echt'],
    ['Dürer', 'Dürer', '[Dürer]'],
    ['Große Straße', 'strasse', 'Große [Straße]'],
    ['C’est la guerre', "c'est", '[C]’[est] la guerre'],
    ['Kupferstich', 'stich', 'Kupfer[stich]'],
    ['Rhinocerus', 'no', 'Rhinocerus'],
    ['Noch ein Nashorn', 'no', '[No]ch ein Nashorn'],
    ['1916.0047.1', '1916.0047', '[1916].[0047].1'],
    ['Ritter', '"der ritter"', '[Ritter]'],
    ['Ritter', '', 'Ritter'],
    ['', 'ritter', ''],
    ['100 % Seide', '%', '100 % Seide'],
  ])('%s with %s', (text, q, expected) => {
    expect(marked(text, q)).toBe(expected)
  })
})
