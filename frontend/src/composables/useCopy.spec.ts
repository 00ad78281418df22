import { describe, expect, it, vi, type Mock } from 'vitest'
import { nextTick, ref } from 'vue'

import { withSetup } from '@/testing/mountAt'

import { useCopy, type Copying } from './useCopy'

const text = ref('1916.1')

async function copying(writeText: () => Promise<void>): Promise<Copying & { writeText: Mock }> {
  text.value = '1916.1'
  const spied = vi.fn(writeText)
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: spied }, configurable: true })
  const { result } = await withSetup(() => useCopy(() => text.value))
  return { ...result, writeText: spied }
}

describe('useCopy', () => {
  it('copies, and says so', async () => {
    const { canCopy, outcome, copy, writeText } = await copying(() => Promise.resolve())
    expect([canCopy, outcome.value]).toEqual([true, null])
    await copy()
    expect(writeText).toHaveBeenCalledExactlyOnceWith('1916.1')
    expect(outcome.value).toBe('copied')
  })

  it('says that the browser refused', async () => {
    const { outcome, copy } = await copying(() => Promise.reject(new DOMException('', 'NotAllowedError')))
    await copy()
    expect(outcome.value).toBe('refused')
  })

  it('says nothing of another text', async () => {
    const { outcome, copy } = await copying(() => Promise.resolve())
    await copy()
    text.value = '1916.2'
    await nextTick()
    expect(outcome.value).toBeNull()
  })

  it('says nothing of another text that came while it copied', async () => {
    const { outcome, copy } = await copying(async () => void (text.value = '1916.2'))
    await copy()
    expect(outcome.value).toBeNull()
  })

  it('is not to be had where the browser has no clipboard', async () => {
    Reflect.deleteProperty(navigator, 'clipboard')
    const { result } = await withSetup(() => useCopy(() => 'x'))
    expect(result.canCopy).toBe(false)
  })
})
