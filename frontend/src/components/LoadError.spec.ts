import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'

import { ApiError } from '@/api/errors'
import { i18n } from '@/plugins/i18n'
import { makeVuetify } from '@/plugins/vuetify'

import LoadError from './LoadError.vue'

function textOf(error: ApiError, retryIn: number | null = null): string {
  return mount(LoadError, { props: { error, retryIn }, global: { plugins: [i18n, makeVuetify()] } }).text()
}

describe('LoadError', () => {
  it("shows the server's sentence", () => {
    const text = textOf(new ApiError('image_too_large', 'The picture has 60 MB; at most 30 MB are read.', 413))
    expect(text).toContain('That did not work')
    expect(text).toContain('The picture has 60 MB; at most 30 MB are read.')
  })

  it('counts down when the server said when to try again', () => {
    const text = textOf(new ApiError('extractor_away', 'The extractor is away.', 503, 5), 4)
    expect(text).toContain('The search is taking a break')
    expect(text).toContain('Trying again in 4 seconds')
  })

  it.each([
    ['offline', 'This device has no network'],
    ['unreachable', 'The server cannot be reached'],
    ['timeout', 'took too long'],
  ])('has a sentence of its own for %s', (code, sentence) => {
    expect(textOf(new ApiError(code, ''))).toContain(sentence)
  })

  it('says so when the server had no sentence', () => {
    expect(textOf(new ApiError('http_502', '', 502))).toContain('The server answered with 502')
  })

  it('is an alert and offers a retry, unless there is nothing to retry', async () => {
    const plugins = [i18n, makeVuetify()]
    const wrapper = mount(LoadError, { props: { error: new ApiError('timeout', '') }, global: { plugins } })
    expect(wrapper.attributes('role')).toBe('alert')
    await wrapper.find('button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
    for (const error of [new ApiError('picture_gone', ''), new ApiError('unsupported_type', 'No picture.', 415)]) {
      expect(mount(LoadError, { props: { error }, global: { plugins } }).find('button').exists()).toBe(false)
    }
  })
})
