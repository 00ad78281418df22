import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, describe, expect, it } from 'vitest'

import { i18n } from '@/plugins/i18n'
import { useRefusalsStore } from '@/stores/refusals'

import PictureDropOverlay from './PictureDropOverlay.vue'

const file = new File(['x'], 'phone.jpg', { type: 'image/jpeg' })

function mountOverlay() {
  return mount(PictureDropOverlay, { global: { plugins: [createPinia(), i18n] } })
}

/** jsdom has neither DataTransfer nor ClipboardEvent. */
function transfer(files: File[], texts: Record<string, string> = {}, items: unknown[] = []) {
  const types = [...(files.length > 0 || items.length > 0 ? ['Files'] : []), ...Object.keys(texts)]
  return { files, items, types, getData: (type: string) => texts[type] ?? '' }
}

function dispatch(type: string, part: object, target: EventTarget = window): Event {
  const event = Object.assign(new Event(type, { cancelable: true, bubbles: true }), part)
  target.dispatchEvent(event)
  return event
}

describe('a drop', () => {
  afterEach(() => dispatch('dragend', {}))

  it('is shown while it is held over the page, and taken', async () => {
    const wrapper = mountOverlay()
    dispatch('dragover', { dataTransfer: transfer([file]) })
    await flushPromises()
    expect(wrapper.text()).toContain('Drop it to search for it')
    const drop = dispatch('drop', { dataTransfer: transfer([file]) })
    await flushPromises()
    expect(drop.defaultPrevented).toBe(true)
    expect(wrapper.emitted('picture')).toEqual([[file]])
    expect(wrapper.text()).toBe('')
  })

  it('of several pictures is all of them', () => {
    const wrapper = mountOverlay()
    dispatch('drop', { dataTransfer: transfer([file, file]) })
    expect(wrapper.emitted('pictures')).toEqual([[[file, file]]])
  })

  it('of a picture from another page is its address, not that of the link around it', () => {
    const wrapper = mountOverlay()
    const html = '<a href="https://example.org/page"><img src="https://example.org/print.jpg"></a>'
    dispatch('drop', { dataTransfer: transfer([], { 'text/uri-list': 'https://example.org/page', 'text/html': html }) })
    dispatch('drop', { dataTransfer: transfer([], { 'text/uri-list': 'https://example.org/link.jpg' }) })
    expect(wrapper.emitted('address')).toEqual([['https://example.org/print.jpg'], ['https://example.org/link.jpg']])
  })

  it('of a folder is refused by its name', () => {
    const wrapper = mountOverlay()
    const folder = { webkitGetAsEntry: () => ({ isDirectory: true, name: 'Scans' }) }
    dispatch('drop', { dataTransfer: transfer([file], {}, [folder]) })
    expect([useRefusalsStore().refusal, wrapper.emitted()]).toEqual([{ reason: 'folder', name: 'Scans' }, {}])
  })

  it('of text, and of what is dragged within the page, is left alone', async () => {
    const wrapper = mountOverlay()
    const text = dispatch('dragover', { dataTransfer: transfer([], { 'text/plain': 'words' }) })
    dispatch('dragstart', {})
    const own = dispatch('dragover', { dataTransfer: transfer([], { 'text/uri-list': 'https://example.org/a.jpg' }) })
    await flushPromises()
    expect([text.defaultPrevented, own.defaultPrevented, wrapper.text()]).toEqual([false, false, ''])
  })
})

describe('a paste', () => {
  it('is a picture or an address, and nothing after the page is left', () => {
    const wrapper = mountOverlay()
    dispatch('paste', { clipboardData: transfer([file]) })
    dispatch('paste', { clipboardData: transfer([], { 'text/plain': ' https://example.org/a.jpg' }) })
    const { picture, address } = wrapper.emitted()
    wrapper.unmount()
    dispatch('paste', { clipboardData: transfer([file]) })
    expect([picture, address]).toEqual([[[file]], [['https://example.org/a.jpg']]])
  })

  it('of other text is refused in a sentence', () => {
    mountOverlay()
    dispatch('paste', { clipboardData: transfer([], { 'text/plain': 'La Paresse' }) })
    expect(useRefusalsStore().refusal?.reason).toBe('nothing')
  })

  it('into a text field is not for the page', () => {
    const wrapper = mountOverlay()
    const field = document.body.appendChild(document.createElement('input'))
    dispatch('paste', { clipboardData: transfer([], { 'text/plain': 'https://example.org/a.jpg' }) }, field)
    field.remove()
    expect(wrapper.emitted('address')).toBeUndefined()
  })
})
