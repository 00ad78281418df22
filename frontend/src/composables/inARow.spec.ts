import { expect, it } from 'vitest'

import { inARow } from './inARow'

it('joins the facts that are known', () => {
  expect(inARow(['Dürer', '', null, undefined, '1513'])).toBe('Dürer · 1513')
  expect(inARow(['Dürer', '1513'], ', ')).toBe('Dürer, 1513')
  expect(inARow(['', null])).toBe('')
})
