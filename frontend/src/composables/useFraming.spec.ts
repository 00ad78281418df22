import { describe, expect, it } from 'vitest'
import type { LocationQuery } from 'vue-router'

import { INSET } from '@/geometry/corners'
import { withSetup } from '@/testing/mountAt'

import { framingOf, useFraming } from './useFraming'

describe('the framing in the address', () => {
  it('is the picture as it is without one, or with one that is none', () => {
    for (const query of [{}, { quad: 'x' }, { quad: ['0', '1'] }, { mirror: 'perhaps' }] as LocationQuery[]) {
      expect(framingOf(query)).toEqual({ quad: null, mirror: false })
    }
  })

  it('comes back as it went, beside subject and filters', async () => {
    const { result, router } = await withSetup(useFraming, '/?image=17&technique=4')
    await result.searchWithOutline(INSET)
    await result.searchMirrored(true)
    expect(router.currentRoute.value.query).toEqual({
      image: '17',
      technique: '4',
      quad: '0.1,0.1,0.9,0.1,0.9,0.9,0.1,0.9',
      mirror: 'true',
    })
    expect(result.framing.value).toEqual({ quad: INSET, mirror: true })
    await result.searchWithOutline(null)
    await result.searchMirrored(false)
    expect(router.currentRoute.value.fullPath).toBe('/?image=17&technique=4')
  })
})
