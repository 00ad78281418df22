import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'

import { i18n } from '@/plugins/i18n'
import { makeVuetify } from '@/plugins/vuetify'
import { useRefusalsStore } from '@/stores/refusals'

import PictureInput from './PictureInput.vue'

function mountInput() {
  return mount(PictureInput, { global: { plugins: [createPinia(), i18n, makeVuetify()] } })
}

describe('PictureInput', () => {
  it('has real file inputs in labels with words, one of them for the camera', () => {
    const labels = mountInput().findAll('label')
    expect(labels.map((label) => label.text())).toEqual(['Choose a picture', 'Take a photo'])
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

  it('offers the live view where there is a camera that a page may use', async () => {
    const devices = Object.assign(new EventTarget(), { getUserMedia: vi.fn(), enumerateDevices: () => Promise.resolve([{ kind: 'videoinput' }]) })
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: devices })
    const wrapper = mountInput()
    expect(wrapper.find('[data-testid=live-camera]').exists()).toBe(false)
    await flushPromises()
    expect(wrapper.find('[data-testid=live-camera]').text()).toBe('Live camera')
    expect(devices.getUserMedia).not.toHaveBeenCalled()
    wrapper.unmount()
    Reflect.deleteProperty(navigator, 'mediaDevices')
  })

  it('says why nothing was sent, until that is dismissed', async () => {
    const wrapper = mountInput()
    useRefusalsStore().refuse('video', 'print.mp4')
    await flushPromises()
    expect(wrapper.find('[role=alert]').text()).toContain('“print.mp4” is a video')
    await wrapper.find('[data-testid=dismiss-refusal]').trigger('click')
    expect(wrapper.find('[role=alert]').text()).toBe('')
  })
})
