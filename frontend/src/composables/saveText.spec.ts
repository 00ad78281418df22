import { describe, expect, it, vi } from 'vitest'

import { saveText } from './saveText'

describe('saveText', () => {
  it('hands over a file of this name, and lets it go when it was read', () => {
    vi.useFakeTimers()
    const saved: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(`${this.download} ${this.protocol}`)
    })
    const create = vi.spyOn(URL, 'createObjectURL')
    const revoke = vi.spyOn(URL, 'revokeObjectURL')
    saveText('x', 'text/csv', 'results.csv')
    expect(saved).toEqual(['results.csv blob:'])
    expect((create.mock.lastCall?.[0] as Blob).type).toBe('text/csv;charset=utf-8')
    expect(revoke).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(revoke).toHaveBeenCalledExactlyOnceWith(create.mock.results[0]?.value)
  })
})
