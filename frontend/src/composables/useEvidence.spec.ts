import { describe, expect, it } from 'vitest'

import { withSetup } from '@/testing/mountAt'

import { useEvidence } from './useEvidence'

describe('the result that is looked at', () => {
  it('is in the address, beside the search it belongs to', async () => {
    const { result, router } = await withSetup(useEvidence, '/?example=a&technique=4&view=list')
    expect([result.imageId.value, result.view.value]).toEqual([null, 'pair'])
    await router.push(result.addressOf(17))
    await result.show('overlay')
    expect(router.currentRoute.value.query).toEqual({ example: 'a', technique: '4', view: 'list', evidence: '17', look: 'overlay' })
    expect([result.imageId.value, result.view.value]).toEqual([17, 'overlay'])
    await router.push(result.addressOf(null))
    expect(router.currentRoute.value.fullPath).toBe('/?example=a&technique=4&view=list')
  })

  it.each(['x', '-1', ''])('is none for %j', async (text) => {
    const { result } = await withSetup(useEvidence, `/?image=1&evidence=${text}&look=nonsense`)
    expect([result.imageId.value, result.view.value]).toEqual([null, 'pair'])
  })
})
