import { describe, expect, it } from 'vitest'

import { mountAt } from '@/testing/mountAt'

import RecordDifference from './RecordDifference.vue'

async function textOf(difference: Record<string, [unknown, unknown]>): Promise<string> {
  const { wrapper } = await mountAt(RecordDifference, { props: { difference } })
  return wrapper.text().replaceAll(/\s+/g, ' ').trim()
}

describe('RecordDifference', () => {
  it('shows what stood there and what stands there now, also for those who hear it', async () => {
    expect(await textOf({ title: ['Faulheit', 'La Paresse'] })).toBe('TitleBefore: Faulheit → Now: La Paresse')
  })

  it('says that a field is empty now', async () => {
    expect(await textOf({ date: ['1896', ''] })).toBe('DateBefore: 1896emptied')
  })

  it('shows lists and a field it does not know', async () => {
    expect(await textOf({ signatur: [null, ['oben', 'links']] })).toBe('SignaturNow: oben; links')
  })
})
