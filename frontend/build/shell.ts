/**
 * What a browser shows before the page's code is there: HTML with the head of the page and, for the start page, its
 * first words in each language; and the names of the files that an address will ask for, so that they come at once.
 * The server chooses among the files (backend/core/page_files.py).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Plugin } from 'vite'

import { chunkOf, filesWith, startFiles, type Bundle } from './startPage.ts'
import { withFrenchSpaces } from './plugins.ts'

const LOCALES = ['en', 'de', 'fr', 'it']
const APP = '<div id="app"></div>'
/** Pages with files of their own, by the name of the HTML file that asks for them. */
const PAGES = { results: 'SearchResults', prints: 'PrintsPage', print: 'PrintPage', page: undefined }

interface Html {
  type: 'asset'
  fileName: string
  source: string | Uint8Array
}

export function shells(root: string): Plugin {
  return {
    name: 'recto-shells',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, output) {
      const bundle = output as unknown as Bundle
      const index = output['index.html'] as Html | undefined
      if (!index) throw new Error('The build has no index.html.')
      const first = scriptBeforePaint(root)
      this.emitFile({ type: 'asset', ...first })
      const html = afterTheShell(String(index.source)).replace('</title>', `</title>\n    <script src="/${first.fileName}"></script>`)
      if (!html.includes(APP)) throw new Error(`index.html has no ${APP}.`)
      const show = (name: string, shell: string, page = html) =>
        this.emitFile({ type: 'asset', fileName: `${name}.html`, source: page.replace(APP, () => `<div id="app">${shell}</div>`) })
      for (const [name, chunk] of Object.entries(PAGES)) show(name, frame(root), html.replace('</head>', `${filesOf(bundle, chunk)}</head>`))
      for (const locale of LOCALES) show(`start.${locale}`, frame(root, lead(root, locale)), inLanguage(html, locale, bundle))
    },
  }
}

/** The page's code must not take the line from the style sheet and the face, which the shell is painted with. */
function afterTheShell(html: string): string {
  return html.replace(/<script type="module"|<link rel="modulepreload"/g, '$& fetchpriority="low"')
}

function scriptBeforePaint(root: string): { fileName: string; source: string } {
  const source = readFileSync(join(root, 'src/shell/first.js'), 'utf8').replace(/^\s*\/\/.*\n/gm, '')
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8)
  return { fileName: `assets/first-${hash}.js`, source }
}

/** The head of every page, with a place for the institution, which the server knows. */
function frame(root: string, main = ''): string {
  const wordmark = /<svg[\s\S]*<\/svg>/.exec(readFileSync(join(root, 'src/components/AppWordmark.vue'), 'utf8'))?.[0]
  if (!wordmark) throw new Error('AppWordmark.vue has no drawing.')
  return `<div class="shell"><header class="app-header"><span class="app-header-name">${wordmark}</span><!--institution--></header>${main}</div>`
}

/** The first words of the start page, as SearchStart.vue has them: their size is that of what takes their place. */
function lead(root: string, locale: string): string {
  const text = readFileSync(join(root, `src/locales/${locale}.json`), 'utf8')
  const { start } = JSON.parse(locale === 'fr' ? withFrenchSpaces(text) : text) as { start: { heading: string; sentence: string } }
  const words = `<h1 class="search-start-heading">${escaped(start.heading)}</h1><p class="search-start-sentence">${escaped(start.sentence)}</p>`
  return `<main id="page"><div class="search-start page"><section class="search-start-lead">${words}</section></div></main>`
}

function inLanguage(html: string, locale: string, bundle: Bundle): string {
  const texts = chunkOf(bundle, (one) => one.name === locale)
  const links = texts ? link(texts.fileName) : ''
  return html.replace('<html lang="en">', `<html lang="${locale}">`).replace('</head>', `${links}</head>`)
}

/** Code and style sheets that the page of the address needs besides those of the start page. */
function filesOf(bundle: Bundle, name?: string): string {
  const chunk = chunkOf(bundle, (one) => one.name === name)
  if (name && !chunk) throw new Error(`The build has no chunk of the name "${name}".`)
  const start = startFiles(bundle)
  const files = chunk ? [...filesWith(bundle, chunk)].filter((file) => !start.has(file)) : []
  return files.map(link).join('')
}

function link(file: string): string {
  const how = file.endsWith('.css') ? 'rel="stylesheet"' : 'rel="modulepreload" fetchpriority="low"'
  return `<link ${how} crossorigin href="/${file}">\n    `
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
}
