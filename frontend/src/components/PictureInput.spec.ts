import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { i18n } from '@/plugins/i18n'
import { makeVuetify } from '@/plugins/vuetify'

import PictureInput from './PictureInput.vue'

function mountInput() {
  return mount(PictureInput, { global: { plugins: [i18n, makeVuetify()] } })
}

describe('PictureInput', () => {
  it('has real file inputs in labels with words, one of them for the camera', () => {
    const labels = mountInput().findAll('label')
    expect(labels.map((label) => label.text())).toEqual(['Choose a picture', 'Photograph a print'])
    const camera = labels[1]?.find('input').element as HTMLInputElement
    expect([camera.type, camera.getAttribute('capture')]).toEqual(['file', 'environment'])
  })

  it('hands the file on and is ready for the same one again', async () => {
    const wrapper = mountInput()
    const input = wrapper.find('[data-testid=choose]')
    const file = new File(['x'], 'phone.jpg', { type: 'image/jpeg' })
    let value = 'C:\\fakepath\\phone.jpg'
    Object.defineProperty(input.element, 'files', { value: [file] })
    Object.defineProperty(input.element, 'value', { get: () => value, set: (next: string) => (value = next) })
    await input.trigger('change')
    expect(wrapper.emitted('picture')).toEqual([[file]])
    expect(value).toBe('')
  })
})
