import { describe, expect, it } from 'vitest'

import { mountAt } from '@/testing/mountAt'

import FileDrop from './FileDrop.vue'

async function mountDrop(disabled = false) {
  const { wrapper } = await mountAt(FileDrop, { props: { label: 'Choose the table', hint: 'Or drop it.', accept: '.csv', testid: 'choose', disabled } })
  return wrapper
}

function drop(element: Element, file: File): void {
  const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files: [file] } })
  element.dispatchEvent(event)
  expect(event.defaultPrevented, 'the browser does not open the file').toBe(true)
}

describe('FileDrop', () => {
  const file = new File(['recordID\n'], 'metadata.csv')

  it('is a real file input in a label with words', async () => {
    const wrapper = await mountDrop()
    expect(wrapper.find('label input').attributes()).toMatchObject({ type: 'file', accept: '.csv' })
    expect(wrapper.text()).toContain('Choose the table')
  })

  it('takes a dropped file', async () => {
    const wrapper = await mountDrop()
    drop(wrapper.find('label').element, file)
    expect(wrapper.emitted('file')).toEqual([[file]])
  })

  it('takes several where several are meant', async () => {
    const { wrapper } = await mountAt(FileDrop, { props: { label: 'x', hint: 'y', accept: 'image/*', testid: 'z', multiple: true } })
    const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files: [file, file] } })
    wrapper.find('label').element.dispatchEvent(event)
    expect(wrapper.emitted('file')).toEqual([[file], [file]])
  })

  it('takes none while it is disabled', async () => {
    const wrapper = await mountDrop(true)
    drop(wrapper.find('label').element, file)
    expect(wrapper.emitted('file')).toBeUndefined()
  })
})
