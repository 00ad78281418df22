import { nextTick, type Ref } from 'vue'

export interface ResultKeys {
  /** Puts more on the page; false when that was all. */
  more: () => Promise<boolean>
  help: () => void
  /** Whether the arrows go from one result to the next; else they are the page's. */
  arrows: () => boolean
}

const WRITING = 'input, textarea, select, [contenteditable], [role=slider], [role=dialog]'

/**
 * Single keys for those who work in the results all day. They are heard only from within the results (WCAG 2.1.4),
 * and what they do is what links and buttons do: the focus goes to a result's link, and Enter is the browser's own.
 */
export function useResultKeys(root: Ref<HTMLElement | null>, { more, help, arrows }: ResultKeys): (event: KeyboardEvent) => void {
  const all = (): HTMLElement[] => [...(root.value?.querySelectorAll<HTMLElement>('[data-result]') ?? [])]
  const current = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('[data-result]') ?? null
  const press = (what: string): boolean => {
    const control = current()?.querySelector<HTMLElement>(`[data-${what}]`)
    control?.click()
    return control !== null && control !== undefined
  }

  async function go(step: 1 | -1): Promise<void> {
    const place = all().indexOf(current() as HTMLElement)
    const wanted = place < 0 ? 0 : place + step
    if (wanted >= all().length && (await more())) await nextTick()
    all()[wanted]?.querySelector<HTMLElement>('[data-open]')?.focus()
  }

  function act(key: string): boolean {
    const along = arrows() && current() !== null
    if (key === 'j' || (along && key === 'ArrowDown')) void go(1)
    else if (key === 'k' || (along && key === 'ArrowUp')) void go(-1)
    else if (key === 'c') return press('compare')
    else if (key === 'i') return press('copy')
    else if (key === '?') help()
    else return false
    return true
  }

  return (event) => {
    const { ctrlKey, metaKey, altKey, isComposing, defaultPrevented, target, key } = event
    if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return
    if (target instanceof Element && target.closest(WRITING)) return
    if (act(key)) event.preventDefault()
  }
}
