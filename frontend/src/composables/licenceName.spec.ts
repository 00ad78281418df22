import { describe, expect, it } from 'vitest'

import { licenceName } from './licenceName'

describe('the name of a licence', () => {
  it.each([
    ['http://creativecommons.org/publicdomain/mark/1.0/', { key: 'publicDomain' }],
    ['http://creativecommons.org/publicdomain/zero/1.0/', { key: 'zero' }],
    ['http://creativecommons.org/licenses/by-nc-sa/4.0/', { key: 'cc', code: 'CC BY-NC-SA 4.0' }],
    ['http://creativecommons.org/licenses/by/3.0/ch/', { key: 'cc', code: 'CC BY 3.0 CH' }],
    ['http://rightsstatements.org/vocab/InC/1.0/', { key: 'statement.InC' }],
    ['http://rightsstatements.org/vocab/InC-OW-EU/1.0/', { key: 'statement.InC-OW-EU' }],
    ['http://rightsstatements.org/vocab/Unheard/1.0/', null],
    ['', null],
  ])('of %s', (url, name) => {
    expect(licenceName(url)).toEqual(name)
  })
})
