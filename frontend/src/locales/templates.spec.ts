import { parse } from 'vue/compiler-sfc'
import { describe, expect, it } from 'vitest'

import en from './en.json'

/** No text is outside the locale files, and none in them is there for nothing. */
const templates = import.meta.glob<string>('../**/*.vue', { query: '?raw', import: 'default', eager: true })
const scripts = import.meta.glob<string>(['../**/*.ts', '!../**/*.spec.ts', '!../api/schema.d.ts'], { query: '?raw', import: 'default', eager: true })

const READ = ['alt', 'aria-description', 'aria-label', 'aria-placeholder', 'label', 'placeholder', 'title']
/** The same in every language. */
const NAMES = ['Recto', 'BibTeX', 'RIS']
const WORD = /\p{L}{2,}/u

interface Node {
  type: number
  content?: unknown
  children?: Node[]
  props?: { type: number; name: string; value?: { content: string } }[]
}

const TEXT = 2
const ATTRIBUTE = 6

function textsWritten(node: Node): string[] {
  const own = node.type === TEXT ? [String(node.content).trim()] : []
  const attributes = (node.props ?? []).filter((prop) => prop.type === ATTRIBUTE && READ.includes(prop.name)).map((prop) => prop.value?.content ?? '')
  return [...own, ...attributes, ...(node.children ?? []).flatMap(textsWritten)].filter((text) => WORD.test(text) && !NAMES.includes(text))
}

function textsOf(source: string): string[] {
  const { ast } = parse(source).descriptor.template ?? {}
  return ast ? textsWritten(ast as unknown as Node) : []
}

describe('a template', () => {
  it('that has a text of its own is noticed', () => {
    expect(textsOf('<template><p title="Hint" data-testid="kept">{{ t("a.b") }} Some <b>words</b></p></template>')).toEqual(['Hint', 'Some', 'words'])
  })

  it.each(Object.entries(templates))('%s takes its texts from the locale files', (_, source) => {
    expect(textsOf(source)).toEqual([])
  })
})

describe('the texts', () => {
  const code = [...Object.values(templates), ...Object.values(scripts)].join('\n')
  const named = new Set([...code.matchAll(/['"`]([\w.-]+)['"`]/g)].map((match) => match[1]))
  const begun = [...new Set([...code.matchAll(/`([\w.-]+\.)\$\{/g)].map((match) => match[1] ?? ''))]

  function names(texts: object, prefix = ''): string[] {
    return Object.entries(texts).flatMap(([name, value]) => (typeof value === 'string' ? [prefix + name] : names(value as object, `${prefix}${name}.`)))
  }

  it('are all used', () => {
    expect(names(en).filter((name) => !named.has(name) && !begun.some((start) => name.startsWith(start)))).toEqual([])
  })
})
