import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'

import { useResultKeys } from './useResultKeys'

const more = vi.fn(() => Promise.resolve(false))
const help = vi.fn()
let root: HTMLElement

beforeEach(() => {
  root = document.createElement('section')
  root.innerHTML = `<input /><h1 tabindex="-1">x</h1>${[0, 1].map((n) => `<article data-result><a href="#${n}" data-open>${n}</a><button data-copy>c</button></article>`).join('')}`
  document.body.append(root)
  const onKey = useResultKeys(ref(root), { more, help, arrows: () => true })
  root.addEventListener('keydown', onKey)
  root.querySelector('h1')?.focus()
})
afterEach(() => root.remove())

function press(key: string, options: KeyboardEventInit = {}): boolean {
  return !document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))
}
const focused = (): string | null | undefined => document.activeElement?.textContent

describe('the keys of the results', () => {
  it('go from one result to the next, and not past the ends', async () => {
    for (const [key, now] of [['j', '0'], ['j', '1'], ['k', '0'], ['ArrowDown', '1'], ['ArrowUp', '0']] as const) {
      expect(press(key)).toBe(true)
      await vi.waitFor(() => expect(focused()).toBe(now))
    }
    press('k')
    expect(focused()).toBe('0')
  })

  it('leave the arrows to the page until a result has the focus', () => {
    expect(press('ArrowDown')).toBe(false)
  })

  it('press what the result offers, and nothing where it does not', () => {
    const copied = vi.fn()
    root.querySelectorAll('[data-copy]')[0]?.addEventListener('click', copied)
    expect(press('i')).toBe(false)
    press('j')
    expect([press('i'), press('c'), copied.mock.calls.length]).toEqual([true, false, 1])
  })

  it('show their help', () => {
    help.mockClear()
    expect(press('?')).toBe(true)
    expect(help).toHaveBeenCalledOnce()
  })

  it.each([[{ ctrlKey: true }], [{ metaKey: true }], [{ altKey: true }], [{ isComposing: true }]])('leave %j to others', (options) => {
    expect(press('j', options)).toBe(false)
  })

  it('are letters in a text field', () => {
    root.querySelector('input')?.focus()
    expect(press('j')).toBe(false)
  })
})
