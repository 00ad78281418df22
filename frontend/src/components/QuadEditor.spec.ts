import { describe, expect, it } from 'vitest'

import { INSET } from '@/geometry/corners'
import type { Quad } from '@/geometry/points'
import { mountAt } from '@/testing/mountAt'

import QuadEditor from './QuadEditor.vue'

async function anEditor() {
  const { wrapper } = await mountAt(QuadEditor, { props: { src: '/a.jpg', alt: 'A sheet', modelValue: INSET } })
  const corner = (index: number) => wrapper.find(`[data-testid=corner-${index}]`)
  const last = (): Quad | undefined => wrapper.findComponent(QuadEditor).emitted<[Quad]>('update:modelValue')?.at(-1)?.[0]
  return { wrapper, corner, last }
}

describe('QuadEditor', () => {
  it('names each corner and says where it is', async () => {
    const { wrapper } = await anEditor()
    expect(wrapper.findAll('button').map((button) => button.attributes('aria-label'))).toEqual([
      'Top left corner: 10 % from the left, 10 % from the top',
      'Top right corner: 90 % from the left, 10 % from the top',
      'Bottom right corner: 90 % from the left, 90 % from the top',
      'Bottom left corner: 10 % from the left, 90 % from the top',
    ])
  })

  it.each([
    ['ArrowRight', false, [0.104, 0.1]],
    ['ArrowUp', false, [0.1, 0.096]],
    ['ArrowLeft', true, [0.06, 0.1]],
    ['ArrowDown', true, [0.1, 0.14]],
  ])('moves a corner with %s (Shift: %s)', async (key, shiftKey, to) => {
    const { corner, last } = await anEditor()
    await corner(0).trigger('keydown', { key, shiftKey })
    expect(last()?.[0].map((share) => Math.round(share * 1000) / 1000)).toEqual(to)
    expect(last()?.slice(1)).toEqual(INSET.slice(1))
  })

  it('leaves other keys to the page', async () => {
    const { corner, last } = await anEditor()
    await corner(0).trigger('keydown', { key: 'Tab' })
    expect(last()).toBeUndefined()
  })

  it('moves a corner with the pointer, and shows it enlarged meanwhile', async () => {
    const { wrapper, corner, last } = await anEditor()
    const handle = corner(2).element as HTMLElement
    handle.setPointerCapture = () => undefined
    wrapper.find('.quad-editor').element.getBoundingClientRect = () => ({ left: 100, top: 50, width: 400, height: 200 }) as DOMRect
    await corner(2).trigger('pointerdown', { clientX: 460, clientY: 230 })
    await corner(2).trigger('pointermove', { clientX: 400, clientY: 200 })
    expect(last()?.[2]).toEqual([0.75, 0.75])
    expect(wrapper.find('.quad-editor-loupe').exists()).toBe(true)
    await corner(2).trigger('pointerup')
    await corner(2).trigger('pointermove', { clientX: 300, clientY: 200 })
    expect(last()?.[2]).toEqual([0.75, 0.75])
    expect(wrapper.find('.quad-editor-loupe').exists()).toBe(false)
  })
})
