/** What the browser itself knows of a page: what moved, and what it tells a screen reader. */
import type { CDPSession, Page } from '@playwright/test'

/** Sums what moved without being asked to, from the first paint on. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = window as unknown as { shifted: number }
    seen.shifted = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) seen.shifted += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => (window as unknown as { shifted: number }).shifted)
}

interface Node {
  nodeId: string
  role?: { value: string }
  name?: { value: string }
  ignored: boolean
  childIds?: string[]
}

/** What a screen reader finds of an item: the names of all that it contains, in order. */
export async function itemsOfList(session: CDPSession, nameOfList: string): Promise<string[]> {
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: Node[] }
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const childrenOf = (node: Node): Node[] => (node.childIds ?? []).flatMap((id) => byId.get(id) ?? [])
  const textOf = (node: Node): string => {
    const inner = childrenOf(node).map(textOf).join(' ')
    return inner.trim() === '' ? (node.name?.value ?? '') : inner
  }
  const itemsOf = (node: Node): Node[] => childrenOf(node).flatMap((child) => (child.role?.value === 'listitem' ? [child] : child.ignored ? itemsOf(child) : []))
  const list = nodes.find(({ role, name, ignored }) => !ignored && role?.value === 'list' && name?.value === nameOfList)
  return list ? itemsOf(list).map((item) => textOf(item).replace(/\s+/g, ' ')) : []
}
