import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'

import { nextTask } from '@/plugins/tasks'

import { useGradually } from './useStages'

/** How long the shown list was, each time that it became another one. */
async function lengths(list: () => readonly object[], change?: () => void): Promise<number[]> {
  const scope = effectScope()
  const seen: number[] = []
  const shown = scope.run(() => useGradually(list, 8))
  change?.()
  await nextTick()
  for (let task = 0; task < 12; task++) {
    const length = shown?.value.length ?? 0
    if (seen.at(-1) !== length) seen.push(length)
    await nextTask()
  }
  scope.stop()
  return seen
}

const many = (count: number): object[] => Array.from({ length: count }, (_, id) => ({ id }))

describe('a list that is drawn gradually', () => {
  it('has a few at once, more with each task, and ends with all', async () => {
    const all = many(20)
    expect(await lengths(() => all)).toEqual([8, 16, 20])
  })

  it('is whole at once where it is short', async () => {
    const all = many(5)
    expect(await lengths(() => all)).toEqual([5])
  })

  it('keeps what is shown when more comes at its end, and begins anew with another list', async () => {
    const first = many(8)
    const list = shallowRef<object[]>(first)
    expect(await lengths(() => list.value, () => (list.value = [...first, ...many(6)]))).toEqual([14])
    expect(await lengths(() => list.value, () => (list.value = many(9)))).toEqual([8, 9])
  })
})
