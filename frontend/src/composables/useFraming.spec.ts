import { describe, expect, it, vi } from 'vitest'
import type { LocationQuery } from 'vue-router'

import { noFraming } from '@/api/framing'
import { INSET } from '@/geometry/corners'
import { withSetup } from '@/testing/mountAt'

import { framingOf, useFraming } from './useFraming'

describe('the framing in the address', () => {
  it('is the picture as it is without one, or with one that is none', () => {
    for (const query of [{}, { quad: 'x' }, { quad: ['0', '1'] }, { mirror: 'perhaps' }, { crop: '0,0,2,1' }, { rotate: '45' }] as LocationQuery[]) {
      expect(framingOf(query)).toEqual(noFraming())
    }
  })

  it('comes back as it went, beside subject and filters', async () => {
    const { result, router } = await withSetup(useFraming, '/?image=17&technique=4')
    await result.reframe({ quad: INSET, degrees: 90 })
    await result.searchMirrored(true)
    expect(router.currentRoute.value.query).toEqual({
      image: '17',
      technique: '4',
      quad: '0.1,0.1,0.9,0.1,0.9,0.9,0.1,0.9',
      rotate: '90',
      mirror: 'true',
    })
    expect(result.framing.value).toEqual({ area: null, quad: INSET, degrees: 90, mirror: true })
    await result.reframe(noFraming())
    expect(router.currentRoute.value.fullPath).toBe('/?image=17&technique=4')
  })

  it('is the outline where a link has a rectangle, too: the server takes one of them', () => {
    const framing = framingOf({ crop: '0,0,0.5,1', quad: '0.1,0.1,0.9,0.1,0.9,0.9,0.1,0.9' })
    expect([framing.area, framing.quad]).toEqual([null, INSET])
  })

  it('that is in force already is no step of the history', async () => {
    const { result, router } = await withSetup(useFraming, '/?image=17&crop=0.25,0,0.5,1')
    const pushed = vi.spyOn(router, 'push')
    await result.reframe({ area: { x: 0.250001, y: 0, width: 0.5, height: 1 } })
    expect(pushed).not.toHaveBeenCalled()
  })
})
