import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'

import { withSetup } from '@/testing/mountAt'

import { useDialogWhenAsked } from './useDialogWhenAsked'

describe('a dialog that few ask for', () => {
  it('is made when it is first opened, and stays', async () => {
    const load = vi.fn(() => Promise.resolve())
    const { result } = await withSetup(() => useDialogWhenAsked(load))
    expect([result.made.value, load.mock.calls.length]).toEqual([false, 0])
    for (const now of [true, false, true]) {
      result.open.value = now
      await vi.waitFor(() => expect([result.open.value, result.made.value]).toEqual([now, true]))
    }
    expect(load).toHaveBeenCalledOnce()
  })

  it('closes where its code cannot be had, and can be asked for again', async () => {
    const load = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
    const { result } = await withSetup(() => useDialogWhenAsked(load))
    result.open.value = true
    await vi.waitFor(() => expect(load).toHaveBeenCalled())
    await vi.waitFor(() => expect([result.open.value, result.made.value]).toEqual([false, false]))
    await nextTick()
    result.open.value = true
    await vi.waitFor(() => expect([result.open.value, result.made.value]).toEqual([true, true]))
  })
})
