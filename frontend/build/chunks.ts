/** Which modules share a file: many small ones would each cost a phone a round trip before anything is seen. */

/** What is asked of rolldown's context. */
interface Modules {
  getModuleInfo(id: string): { importedIds: string[] } | null
}

const ENTRY = '/src/main.ts'
/** Loaded after the start page, or instead of it. */
const VISITED = ['/src/components/SearchResults.vue', '/src/pages/PrintsPage.vue', '/src/pages/PrintPage.vue', '/src/pages/QueuePage.vue']

/**
 * Names the file of a module: `start` for what every page needs (the start page is part of it), `visit` for what two of
 * the other pages for visitors share; undefined leaves it to the bundler.
 */
export function fileOf(root: string): (id: string, modules: Modules) => string | undefined {
  let start: Set<string> | undefined
  let visited: Set<string>[] = []
  return (id, modules) => {
    if (!start) {
      start = reached([root + ENTRY], modules)
      visited = VISITED.map((path) => reached([root + path], modules))
    }
    // The entry itself stays a file of its own: the page names it.
    if (id === root + ENTRY) return undefined
    if (start.has(id)) return 'start'
    return visited.filter((one) => one.has(id)).length > 1 ? 'visit' : undefined
  }
}

/** These modules and all that they import, at once and not on demand. */
function reached(ids: string[], modules: Modules, found = new Set<string>()): Set<string> {
  for (const id of ids) {
    if (found.has(id)) continue
    found.add(id)
    reached(modules.getModuleInfo(id)?.importedIds ?? [], modules, found)
  }
  return found
}
