import { describe, expect, it } from 'vitest'

import { anImport } from '@/testing/importSamples'
import { mountAt } from '@/testing/mountAt'

import ImportColumns from './ImportColumns.vue'

const column = (header: string, field: string | null, suggested: string | null = null) => ({ header, field, suggested, samples: ['1'] })

async function mountColumns(columns: ReturnType<typeof column>[]) {
  const { wrapper } = await mountAt(ImportColumns, { props: { item: anImport({ columns }) } })
  return wrapper
}

describe('ImportColumns', () => {
  it('names each list by its column, for those who hear the page', async () => {
    const wrapper = await mountColumns([column('recordID', 'record_id')])
    expect(wrapper.find('label').text()).toContain('Read the column “recordID” as')
  })

  it('takes a suggestion over with one click', async () => {
    const wrapper = await mountColumns([column('Nr', 'record_id'), column('Bezeichnung', null, 'title')])
    const button = wrapper.findAll('button').find((one) => one.text() === 'Rather: Title?')
    await button?.trigger('click')
    expect(wrapper.emitted('change')).toEqual([[{ Nr: 'record_id', Bezeichnung: 'title' }]])
  })

  it('tells leaving a column out from keeping it under its own name', async () => {
    const wrapper = await mountColumns([column('Nr', 'record_id'), column('Notiz', 'title')])
    const select = wrapper.findAll('select')[1]
    await select?.setValue('-')
    await select?.setValue('+')
    expect(wrapper.emitted('change')).toEqual([[{ Nr: 'record_id', Notiz: '' }], [{ Nr: 'record_id', Notiz: null }]])
  })

  it('says when two columns are read as one field', async () => {
    const wrapper = await mountColumns([column('Nr', 'record_id'), column('Titel', 'title'), column('Titel 2', 'title')])
    expect(wrapper.find('[role=status]').text()).toBe('Two columns are read as “Title”. Only the first of them counts.')
  })

  it('says when no column names the record', async () => {
    const wrapper = await mountColumns([column('Titel', 'title')])
    expect(wrapper.find('[role=status]').text()).toContain('No column says which record a row is.')
  })
})
