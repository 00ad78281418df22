import { describe, expect, it } from 'vitest'

import { slugOf } from './collections'

describe('the short name of a collection', () => {
  it.each([
    ['Zürcher Stadtansichten', 'zurcher-stadtansichten'],
    ['  Große Formate (vor 1800)  ', 'grosse-formate-vor-1800'],
    ['版画', ''],
  ])('of %s is %s', (name, slug) => expect(slugOf(name)).toBe(slug))

  it('has at most 100 signs and does not end with a hyphen', () => {
    expect(slugOf(`${'a'.repeat(99)} b`)).toBe('a'.repeat(99))
  })
})
