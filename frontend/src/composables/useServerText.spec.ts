import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'

import { i18n, useLanguage } from '@/plugins/i18n'

import { useServerText } from './useServerText'

async function serverText(locale: 'de' | 'en'): Promise<ReturnType<typeof useServerText>> {
  await useLanguage(locale)
  let found: ReturnType<typeof useServerText> | undefined
  mount(defineComponent({ setup: () => void (found = useServerText()), template: '<i />' }), { global: { plugins: [i18n] } })
  if (!found) throw new Error('nothing was set up')
  return found
}

describe('a sentence of the server', () => {
  // The specs of one worker share the language.
  afterEach(() => useLanguage('en'))

  it('is said in the language of the reader, with numbers as that language writes them', async () => {
    const textOf = await serverText('de')
    const said = { key: 'key_too_long', params: { length: 12345, limit: 200 } }
    expect(textOf('12,345 characters are too many for a record_id', said)).toBe('12.345 Zeichen sind zu viele für eine Datensatznummer; erlaubt sind 200.')
  })

  it('has the form of its number', async () => {
    const textOf = await serverText('en')
    expect(textOf('1 cells', { key: 'accepted.cells', params: { count: 1 } })).toBe('1 cell')
    expect(textOf('15 cells', { key: 'accepted.cells', params: { count: 15 } })).toBe('15 cells')
  })

  it('stays as it is where there are no words for it, or no name', async () => {
    const textOf = await serverText('de')
    expect(textOf('The moon is full.', { key: 'moon_full', params: {} })).toBe('The moon is full.')
    expect(textOf('The moon is full.', {})).toBe('The moon is full.')
    expect(textOf('', { key: 'not_found', params: {} })).toBe('')
  })
})
