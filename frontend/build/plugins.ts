/** What the build adds to Vite's: compressed copies, the weight of the first load, the font at once, the service worker's list. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import type { Plugin } from 'vite'

import { entryOf, latinFont, shellFiles, startFiles, type Bundle } from './startPage.ts'

/** Compressed JavaScript and CSS of the start page; docs/decisions/first-load.md. */
const BUDGET = 250_000
const COMPRESSED = /\.(js|css|svg)$/
const SMALLEST = 512

/** The service worker's code, with the list of what it keeps and a name that changes with it. */
export function serviceWorkerList(): Plugin {
  return {
    name: 'recto-service-worker-list',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, output) {
      const bundle = output as unknown as Bundle
      const worker = output['sw.js']
      if (worker?.type !== 'chunk') throw new Error('The build has no sw.js.')
      const files = shellFiles(bundle).map((name) => `/${name}`)
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
      const told = JSON.stringify({ version, entry: `/${entryOf(bundle).fileName}`, files })
      if (!worker.code.includes('__RECTO_SHELL__')) throw new Error('sw.js does not ask for its list.')
      worker.code = worker.code.replace('__RECTO_SHELL__', () => told)
    },
  }
}

/**
 * French asks for a narrow space that no line is broken at before ; : ! ? and inside « ». Who writes the texts types an
 * ordinary one; this puts the right one in its place.
 */
export function frenchSpaces(): Plugin {
  return {
    name: 'recto-french-spaces',
    enforce: 'pre',
    transform: {
      filter: { id: /\/locales\/fr\.json$/ },
      handler: (code) => ({ code: withFrenchSpaces(code), map: null }),
    },
  }
}

export function withFrenchSpaces(text: string): string {
  return text.replace(/[ \u00a0](?=[;:!?»])/g, '\u202f').replace(/«[ \u00a0]/g, '«\u202f')
}

/** Headings are painted in their face at once: it is not first found in a style sheet. */
export function fontAtOnce(): Plugin {
  return {
    name: 'recto-font-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const font = latinFont((bundle ?? {}) as unknown as Bundle)
        if (!font) throw new Error('The build has no font for the headings.')
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: true }
        return [{ tag: 'link', attrs, injectTo: 'head' }]
      },
    },
  }
}

/** Copies as Brotli and gzip beside each file, which the server sends to browsers that take them; and the budget. */
export function compressedCopies(): Plugin {
  let start = new Set<string>()
  return {
    name: 'recto-compressed-copies',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, output) {
      start = startFiles(output as unknown as Bundle)
    },
    writeBundle({ dir }) {
      if (!dir) return
      const sizes = compressAll(dir)
      const bytes = [...start].reduce((sum, name) => sum + (sizes.get(name) ?? readFileSync(join(dir, name)).length), 0)
      const weight = `The start page needs ${Math.round(bytes / 1000)} KB of compressed JavaScript and CSS`
      if (bytes > BUDGET) throw new Error(`${weight}; ${BUDGET / 1000} KB are allowed.`)
      console.log(`${weight}; ${BUDGET / 1000} KB are allowed.`)
    },
  }
}

/** Compresses what is worth it below the folder; the Brotli bytes of each file by its name. */
function compressAll(dir: string): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (!COMPRESSED.test(file)) continue
    const content = readFileSync(join(dir, file))
    if (content.length < SMALLEST) continue
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    writeFileSync(join(dir, `${file}.br`), brotli)
    writeFileSync(join(dir, `${file}.gz`), gzipSync(content, { level: 9 }))
    sizes.set(file, brotli.length)
  }
  return sizes
}
