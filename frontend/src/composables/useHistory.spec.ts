import { describe, expect, it } from 'vitest'

import { useHistory } from './useHistory'

describe('the steps of an editor', () => {
  it('go back and forward', () => {
    const { state, change, undo, redo, canUndo, canRedo } = useHistory(0)
    change(1)
    change(2)
    undo()
    expect([state.value, canUndo.value, canRedo.value]).toEqual([1, true, true])
    undo()
    undo()
    expect([state.value, canUndo.value]).toEqual([0, false])
    redo()
    redo()
    redo()
    expect([state.value, canRedo.value]).toEqual([2, false])
  })

  it('are one step for one gesture', () => {
    const { state, change, undo } = useHistory(0)
    change(1, 'drag 1')
    change(2, 'drag 1')
    change(3, 'drag 2')
    undo()
    expect(state.value).toBe(2)
    undo()
    expect(state.value).toBe(0)
  })

  it('are none where nothing changes, and none ahead after a new one', () => {
    const { change, undo, canUndo, canRedo } = useHistory({ a: 1 })
    change({ a: 1 })
    expect(canUndo.value).toBe(false)
    change({ a: 2 })
    undo()
    change({ a: 3 })
    expect(canRedo.value).toBe(false)
  })

  it('are forgotten at a new beginning', () => {
    const { state, change, begin, canUndo } = useHistory(0)
    change(1)
    begin(5)
    expect([state.value, canUndo.value]).toEqual([5, false])
  })
})
