import { describe, expect, it } from 'vitest'

import { INSET } from '@/geometry/corners'
import { noFraming, type Framing } from '@/geometry/framing'
import { mountAt } from '@/testing/mountAt'

import CutEditor from './CutEditor.vue'

async function anEditor(part: Partial<Framing> = {}) {
  const framing = { ...noFraming(), ...part }
  const changes: [Framing, string][] = []
  const onChange = (...change: [Framing, string]): void => void changes.push(change)
  const { wrapper } = await mountAt(CutEditor, { props: { src: '/a.jpg', alt: 'A sheet', framing, onChange } })
  const handle = (name: string) => wrapper.find(`[data-testid=handle-${name}]`)
  return { wrapper, handle, changes, last: () => changes.at(-1)?.[0] }
}

/** The picture is 400 x 200 pixels on the screen. */
function onScreen(wrapper: Awaited<ReturnType<typeof anEditor>>['wrapper']): void {
  const box = { left: 100, top: 50, width: 400, height: 200 } as DOMRect
  wrapper.find('.cut-editor').element.getBoundingClientRect = () => box
  for (const { element } of wrapper.findAll('[role=slider]')) (element as HTMLElement).setPointerCapture = () => undefined
}

describe('CutEditor', () => {
  it('has a named handle for each corner of a sheet and says where it is', async () => {
    const { wrapper } = await anEditor({ quad: INSET })
    const told = wrapper.findAll('[role=slider]').map((one) => [one.attributes('aria-label'), one.attributes('aria-valuetext')])
    expect(told).toEqual([
      ['Top left corner', '10 % from the left, 10 % from the top'],
      ['Top right corner', '90 % from the left, 10 % from the top'],
      ['Bottom right corner', '90 % from the left, 90 % from the top'],
      ['Bottom left corner', '10 % from the left, 90 % from the top'],
    ])
  })

  it('has nine handles for a rectangle; those of edges move one way', async () => {
    const { wrapper, handle } = await anEditor()
    expect(wrapper.findAll('[role=slider]')).toHaveLength(9)
    expect(handle('left').attributes()).toMatchObject({ 'aria-label': 'Left edge', 'aria-valuetext': '0 % from the left', 'aria-valuenow': '0' })
    expect(handle('bottom').attributes()).toMatchObject({ 'aria-valuetext': '100 % from the top', 'aria-orientation': 'vertical' })
  })

  it.each([
    ['ArrowRight', false, [0.11, 0.1]],
    ['ArrowUp', false, [0.1, 0.09]],
    ['ArrowLeft', true, [0.05, 0.1]],
    ['ArrowDown', true, [0.1, 0.15]],
  ])('moves a corner with %s (Shift: %s)', async (key, shiftKey, to) => {
    const { handle, last } = await anEditor({ quad: INSET })
    await handle('topLeft').trigger('keydown', { key, shiftKey })
    expect(last()?.quad?.[0].map((share) => Math.round(share * 1000) / 1000)).toEqual(to)
    expect(last()?.quad?.slice(1)).toEqual(INSET.slice(1))
  })

  it('leaves other keys to the page', async () => {
    const { handle, changes } = await anEditor()
    await handle('topLeft').trigger('keydown', { key: 'Tab' })
    await handle('topLeft').trigger('keydown', { key: 'ArrowLeft', altKey: true })
    expect(changes).toEqual([])
  })

  it('moves what one sees when the picture is turned and mirrored', async () => {
    const { handle, last } = await anEditor({ degrees: 90, mirror: true })
    await handle('top').trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    // Turned by 90 degrees and mirrored, the picture's left side is at the top.
    expect(last()?.area).toEqual({ x: expect.closeTo(0.05, 9), y: 0, width: expect.closeTo(0.95, 9), height: 1 })
  })

  it('follows the pointer from where the handle was taken, as one gesture, and ends with it', async () => {
    const { wrapper, handle, changes, last } = await anEditor({ quad: INSET })
    onScreen(wrapper)
    await handle('bottomRight').trigger('pointerdown', { clientX: 470, clientY: 240 })
    await handle('bottomRight').trigger('pointermove', { clientX: 430, clientY: 230 })
    await handle('bottomRight').trigger('pointermove', { clientX: 410, clientY: 210 })
    expect(last()?.quad?.[2]).toEqual([expect.closeTo(0.75, 9), expect.closeTo(0.75, 9)])
    expect(new Set(changes.map(([, gesture]) => gesture)).size).toBe(1)
    await handle('bottomRight').trigger('pointerup')
    await handle('bottomRight').trigger('pointermove', { clientX: 300, clientY: 200 })
    expect(changes).toHaveLength(2)
  })

  it('moves the rectangle as a whole', async () => {
    const { wrapper, handle, last } = await anEditor({ area: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } })
    onScreen(wrapper)
    await handle('middle').trigger('pointerdown', { clientX: 300, clientY: 150 })
    await handle('middle').trigger('pointermove', { clientX: 340, clientY: 150 })
    expect(last()?.area).toEqual({ x: expect.closeTo(0.35, 9), y: 0.25, width: 0.5, height: 0.5 })
  })

  it('shows enlarged what lies under the finger', async () => {
    const { wrapper, handle } = await anEditor({ quad: INSET })
    onScreen(wrapper)
    const img = wrapper.find('img').element
    Object.defineProperties(img, { naturalWidth: { value: 800 }, naturalHeight: { value: 400 } })
    await wrapper.find('img').trigger('load')
    await handle('topLeft').trigger('pointerdown', { clientX: 140, clientY: 70 })
    expect(wrapper.find('[data-testid=loupe]').exists()).toBe(true)
    await handle('topLeft').trigger('pointerup')
    expect(wrapper.find('[data-testid=loupe]').exists()).toBe(false)
  })
})
