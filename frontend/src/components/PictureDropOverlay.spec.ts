import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { i18n } from '@/plugins/i18n'

import PictureDropOverlay from './PictureDropOverlay.vue'

const file = new File(['x'], 'phone.jpg', { type: 'image/jpeg' })

/** jsdom has neither DataTransfer nor ClipboardEvent. */
function dispatch(type: string, part: object): Event {
  const event = Object.assign(new Event(type, { cancelable: true }), part)
  window.dispatchEvent(event)
  return event
}

describe('PictureDropOverlay', () => {
  it('shows itself while a file is over the page and takes the dropped one', async () => {
    const wrapper = mount(PictureDropOverlay, { global: { plugins: [i18n] } })
    dispatch('dragover', { dataTransfer: { types: ['Files'] } })
    await flushPromises()
    expect(wrapper.text()).toContain('Drop the picture')
    const drop = dispatch('drop', { dataTransfer: { files: [file] } })
    await flushPromises()
    expect(drop.defaultPrevented).toBe(true)
    expect(wrapper.emitted('picture')).toEqual([[file]])
    expect(wrapper.text()).toBe('')
  })

  it('leaves dragged text alone', async () => {
    const wrapper = mount(PictureDropOverlay, { global: { plugins: [i18n] } })
    const over = dispatch('dragover', { dataTransfer: { types: ['text/plain'] } })
    await flushPromises()
    expect([over.defaultPrevented, wrapper.text()]).toEqual([false, ''])
  })

  it('takes a pasted picture, and nothing after it is gone', () => {
    const wrapper = mount(PictureDropOverlay, { global: { plugins: [i18n] } })
    const text = new File(['x'], 'notes.txt', { type: 'text/plain' })
    dispatch('paste', { clipboardData: { files: [text, file] } })
    const pictures = wrapper.emitted('picture')
    wrapper.unmount()
    dispatch('paste', { clipboardData: { files: [file] } })
    expect(pictures).toEqual([[file]])
  })
})
