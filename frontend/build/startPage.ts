/** Which files of a build a visitor's browser needs: for the first load, and for an app that opens without a network. */

/** What is asked of rolldown's chunks. */
export interface Chunk {
  type: 'chunk'
  fileName: string
  name: string
  isEntry: boolean
  facadeModuleId?: string | null
  imports: string[]
  dynamicImports: string[]
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}

export interface Asset {
  type: 'asset'
  fileName: string
}

export type Bundle = Record<string, Chunk | Asset>

/** The pages that visitors see; the others are for staff, who are at their desk. */
const VISITOR_PAGES = ['SearchPage', 'PrintsPage', 'PrintPage', 'AboutPage', 'NotFoundPage', 'QueuePage', 'SearchResults']
const LANGUAGES = ['de', 'fr', 'it']

export function chunkOf(bundle: Bundle, isWanted: (chunk: Chunk) => boolean): Chunk | undefined {
  return Object.values(bundle).find((file): file is Chunk => file.type === 'chunk' && isWanted(file))
}

export function entryOf(bundle: Bundle): Chunk {
  const entry = chunkOf(bundle, (chunk) => chunk.isEntry && chunk.name === 'index')
  if (!entry) throw new Error('The build has no entry of the name "index".')
  return entry
}

/** The chunk itself, what it imports at once, and their style sheets. */
export function filesWith(bundle: Bundle, chunk: Chunk, found = new Set<string>()): Set<string> {
  if (found.has(chunk.fileName)) return found
  found.add(chunk.fileName)
  for (const sheet of chunk.viteMetadata?.importedCss ?? []) found.add(sheet)
  for (const name of chunk.imports) {
    const next = bundle[name]
    if (next?.type === 'chunk') filesWith(bundle, next, found)
  }
  return found
}

/** JavaScript and CSS of the start page, in the language that needs most. */
export function startFiles(bundle: Bundle): Set<string> {
  const found = filesWith(bundle, entryOf(bundle))
  const language = chunkOf(bundle, (one) => one.name === LANGUAGES[0])
  if (!language) throw new Error(`The build has no chunk of the name "${LANGUAGES[0]}".`)
  return filesWith(bundle, language, found)
}

/** What is kept on the device, so that Recto opens without a network. */
export function shellFiles(bundle: Bundle): string[] {
  const found = startFiles(bundle)
  for (const name of [...VISITOR_PAGES, ...LANGUAGES]) {
    const chunk = chunkOf(bundle, (one) => one.name === name)
    if (chunk) filesWith(bundle, chunk, found)
  }
  const others = [latinFont(bundle), firstScript(bundle)].filter((name) => name !== undefined)
  return [...found, ...others].sort()
}

/** The file of the headings' face that western languages need. */
export function latinFont(bundle: Bundle): string | undefined {
  return Object.keys(bundle).find((name) => /-latin-wght-normal-[^/]*\.woff2$/.test(name))
}

/** What runs before the first paint: src/shell/first.js. */
export function firstScript(bundle: Bundle): string | undefined {
  return Object.keys(bundle).find((name) => /^assets\/first-[^/]*\.js$/.test(name))
}
