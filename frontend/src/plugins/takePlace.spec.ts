import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { takePlace } from './takePlace'

function shown(html: string): HTMLElement {
  document.body.innerHTML = `<div id="app">${html}</div>`
  return document.getElementById('app') as HTMLElement
}

function pageOf(html: string): HTMLElement {
  return Object.assign(document.createElement('div'), { innerHTML: html })
}

describe('takePlace', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('takes the place of a bare document at once', () => {
    const page = pageOf('<header></header>')
    takePlace(shown('<header></header>'), page)
    expect(document.body.firstElementChild).toBe(page)
  })

  it('takes the place of words when the page has as much to say', () => {
    const page = pageOf('<h1>Recto</h1>')
    takePlace(shown('<h1>Recto</h1>'), page)
    expect(document.body.firstElementChild).toBe(page)
  })

  it('leaves the words where they are until the code of the page is there', async () => {
    const [first, page] = [shown('<h1>Searching</h1>'), pageOf('<main></main>')]
    takePlace(first, page)
    expect(document.body.firstElementChild).toBe(first)
    page.firstElementChild?.append(document.createElement('h1'))
    await Promise.resolve()
    expect(document.body.firstElementChild).toBe(page)
  })

  it('does not wait for ever', () => {
    const page = pageOf('<main></main>')
    takePlace(shown('<h1>Searching</h1>'), page)
    vi.advanceTimersByTime(4000)
    expect(document.body.firstElementChild).toBe(page)
  })
})
