import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { withSetup } from '@/testing/mountAt'

import { useRefine } from './useRefine'

describe('the last refinement', () => {
  it('is undone and done again, each a step of the history', async () => {
    const { result, router } = await withSetup(useRefine, '/?image=17')
    expect(result.undoable.value).toBeNull()
    await result.refine('framing', { image: '17', crop: '0,0,0.5,1' })
    expect(result.undoable.value).toBe('framing')
    await result.undo()
    expect([router.currentRoute.value.fullPath, result.undoable.value]).toEqual(['/?image=17', 'undone'])
    await result.undo()
    expect(router.currentRoute.value.query).toEqual({ image: '17', crop: '0,0,0.5,1' })
  })

  it('is offered while its results are on the screen, however they are looked at', async () => {
    const { result, router } = await withSetup(useRefine, '/?image=17')
    await result.refine('filters', { image: '17', technique: '4' })
    await router.push('/?image=17&technique=4&view=list&evidence=3')
    expect(result.undoable.value).toBe('filters')
    await router.push('/?image=18&technique=4')
    expect(result.undoable.value).toBeNull()
  })

  it('is not offered after Back, and is again after Forward', async () => {
    const { result, router } = await withSetup(useRefine, '/?image=17')
    await result.refine('filters', { image: '17', technique: '4' })
    router.back()
    await flushPromises()
    expect(result.undoable.value).toBeNull()
    router.forward()
    await flushPromises()
    expect(result.undoable.value).toBe('filters')
  })
})
