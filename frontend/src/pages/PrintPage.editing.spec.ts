import type { VueWrapper } from '@vue/test-utils'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import App from '@/App.vue'
import type { Revision } from '@/api/editing'
import type { PrintDetail } from '@/api/types'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, aViewer } from '@/testing/people'
import { aPageOf, aPrint } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

const aRevision = (part: Partial<Revision> = {}): Revision => ({
  id: 31,
  at: '2026-11-21T10:00:00Z',
  by: 'clara',
  kind: 'changed',
  origin: 'edit',
  import_id: null,
  changes: { title: ['Faulheit', 'La Paresse'] },
  pictures_added: 1,
  pictures_removed: 0,
  pictures_replaced: 0,
  ...part,
})

/** A museum whose record 12 can be changed; what was asked of it is kept. */
function editableMuseum({ known = aCurator(), revisions = [aRevision()] } = {}) {
  let print: PrintDetail | null = aPrint()
  const asked: { what: string; body: unknown }[] = []
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(known)),
    http.get('/api/v1/dates/', () => HttpResponse.json({ year_min: 1896, year_max: 1896 })),
    http.get('/api/v1/prints/12/', () => (print ? HttpResponse.json(print) : refusal(404, 'print_not_found', 'There is no print 12.'))),
    http.patch('/api/v1/prints/12/', async ({ request }) => {
      const body = (await request.json()) as Partial<PrintDetail>
      asked.push({ what: 'change', body })
      print = { ...aPrint(), ...body }
      return HttpResponse.json(print)
    }),
    http.delete('/api/v1/prints/12/', () => {
      asked.push({ what: 'remove', body: null })
      print = null
      return new HttpResponse(null, { status: 204 })
    }),
    http.get('/api/v1/prints/12/history/', () => HttpResponse.json(aPageOf(revisions))),
    http.post('/api/v1/prints/12/history/:revision/restore/', async ({ params, request }) => {
      asked.push({ what: `restore ${String(params.revision)}`, body: await request.json() })
      print = aPrint({ title: 'Faulheit' })
      return HttpResponse.json(print)
    }),
  )
  return asked
}

async function mountPrint(): Promise<VueWrapper> {
  const { wrapper } = await mountAt(App, { address: '/prints/12' })
  await eventually(() => expect(wrapper.find('h1').text()).toBe('La Paresse'))
  return wrapper
}

async function click(wrapper: VueWrapper, testid: string): Promise<void> {
  await eventually(() => expect(wrapper.find(`[data-testid=${testid}]`).exists()).toBe(true))
  await wrapper.find(`[data-testid=${testid}]`).trigger('click')
}

/** The form is fetched when it is first asked for. */
async function edit(wrapper: VueWrapper): Promise<void> {
  await click(wrapper, 'edit')
  await eventually(() => expect(wrapper.find('[data-testid=editor]').exists()).toBe(true))
}

async function confirm(): Promise<void> {
  await eventually(() => expect(document.querySelector('[data-testid=confirm]')).not.toBeNull())
  document.querySelector<HTMLButtonElement>('[data-testid=confirm]')?.click()
}

describe('editing a record', () => {
  it('is not offered to those who may only look', async () => {
    editableMuseum({ known: aViewer() })
    const wrapper = await mountPrint()
    await eventually(() => expect(wrapper.find('[data-testid=staff-menu]').exists()).toBe(true))
    expect(wrapper.find('[data-testid=edit]').exists()).toBe(false)
  })

  it('sends only the fields that are another', async () => {
    const asked = editableMuseum()
    const wrapper = await mountPrint()
    await edit(wrapper)
    await wrapper.find('[data-testid=edit-title] textarea').setValue('Die Faulheit')
    await wrapper.find('[data-testid=editor]').trigger('submit')
    await eventually(() => expect(wrapper.find('h1').text()).toBe('Die Faulheit'))
    expect(asked).toEqual([{ what: 'change', body: { title: 'Die Faulheit' } }])
  })

  it('takes people one by one, with life dates and roles', async () => {
    const asked = editableMuseum()
    const wrapper = await mountPrint()
    await edit(wrapper)
    await click(wrapper, 'add-person')
    const inputs = wrapper.findAll('[data-testid=person]')[1]?.findAll('input') ?? []
    for (const [index, value] of ['Kolb, Anna', '1790', '', 'Stecherin, Verlegerin'].entries()) await inputs[index]?.setValue(value)
    await wrapper.find('[data-testid=editor]').trigger('submit')
    await eventually(() => expect(asked).toHaveLength(1))
    const known = { name: 'Vallotton, Félix', birth_year: 1865, death_year: 1925, roles: ['Künstler'] }
    const added = { name: 'Kolb, Anna', birth_year: 1790, death_year: null, roles: ['Stecherin', 'Verlegerin'] }
    expect(asked[0]?.body).toEqual({ people: [known, added] })
  })

  it.each([
    ['person', 'add-person'],
    ['extra-field', 'add-extra'],
  ])('goes on by keyboard where a %s was taken out', async (row, adding) => {
    editableMuseum()
    const wrapper = await mountPrint()
    await edit(wrapper)
    await click(wrapper, adding)
    await wrapper.findAll(`[data-testid=${row}] button`).at(-1)?.trigger('click')
    await eventually(() => expect(document.activeElement?.getAttribute('data-testid')).toBe(adding))
  })

  it('takes further fields by their names', async () => {
    const asked = editableMuseum()
    const wrapper = await mountPrint()
    await edit(wrapper)
    await click(wrapper, 'add-extra')
    const field = wrapper.find('[data-testid=extra-field]')
    await field.find('textarea').setValue('Kasten 4')
    await wrapper.find('[data-testid=editor]').trigger('submit')
    await eventually(() => expect(field.text()).toContain('Give this value a name'))
    expect(asked).toEqual([])
    await field.find('input').setValue('Standort')
    await wrapper.find('[data-testid=editor]').trigger('submit')
    await eventually(() => expect(asked).toEqual([{ what: 'change', body: { extra: { Standort: 'Kasten 4' } } }]))
  })

  it('shows years that were set by hand, and gives them back to the date', async () => {
    const asked = editableMuseum()
    server.use(http.get('/api/v1/dates/', () => HttpResponse.json({ year_min: 1890, year_max: 1899 })))
    const wrapper = await mountPrint()
    await edit(wrapper)
    await eventually(() => expect(wrapper.find<HTMLInputElement>('[data-testid=year-first] input').element.value).toBe('1896'))
    expect(wrapper.find('[data-testid=years-read]').text()).toBe('The date itself says 1890–1899.')
    await wrapper.find('[data-testid=years-by-hand]').setValue(false)
    await wrapper.find('[data-testid=editor]').trigger('submit')
    await eventually(() => expect(asked).toEqual([{ what: 'change', body: { date: '1896' } }]))
  })

  it('asks before the editor is closed with something unsaved in it', async () => {
    editableMuseum()
    const wrapper = await mountPrint()
    await edit(wrapper)
    await wrapper.find('[data-testid=edit-title] textarea').setValue('Something else')
    await wrapper.find('[data-testid=cancel-edit]').trigger('click')
    await eventually(() => expect(document.querySelector('[data-testid=leave]')).not.toBeNull())
    document.querySelector<HTMLElement>('[data-testid=leave]')?.click()
    await eventually(() => expect(wrapper.find('[data-testid=editor]').exists()).toBe(false))
  })

  it('keeps what was written when the server refuses it', async () => {
    editableMuseum()
    server.use(http.patch('/api/v1/prints/12/', () => refusal(400, 'invalid', 'The title has 10,020 characters; the limit is 10,000.')))
    const wrapper = await mountPrint()
    await edit(wrapper)
    await wrapper.find('[data-testid=edit-title] textarea').setValue('Too long')
    await wrapper.find('[data-testid=editor]').trigger('submit')
    await eventually(() => expect(wrapper.find('[data-testid=action-error]').text()).toContain('the limit is 10,000'))
    expect(wrapper.find<HTMLTextAreaElement>('[data-testid=edit-title] textarea').element.value).toBe('Too long')
  })

  it('hides a record, and says so', async () => {
    const asked = editableMuseum()
    const wrapper = await mountPrint()
    await click(wrapper, 'hide')
    await eventually(() => expect(wrapper.find('[data-testid=is-hidden]').exists()).toBe(true))
    expect(asked).toEqual([{ what: 'change', body: { hidden: true } }])
  })

  it('removes a record after asking, and brings it back', async () => {
    const asked = editableMuseum({ revisions: [aRevision({ id: 40, kind: 'removed', changes: {} }), aRevision()] })
    const wrapper = await mountPrint()
    await click(wrapper, 'remove')
    await confirm()
    await eventually(() => expect(wrapper.find('[data-testid=removed]').text()).toContain('“La Paresse” was removed'))
    await click(wrapper, 'undo-removal')
    await eventually(() => expect(wrapper.find('h1').text()).toBe('Faulheit'))
    expect(asked).toEqual([
      { what: 'remove', body: null },
      { what: 'restore 40', body: { before: true } },
    ])
  })

  it('shows the history with its differences, and goes back', async () => {
    const asked = editableMuseum()
    const wrapper = await mountPrint()
    await click(wrapper, 'show-history')
    await eventually(() => expect(wrapper.find('[data-testid=revision]').text()).toMatch(/Changed.*clara.*on this page.*Faulheit.*La Paresse.*1 picture added/s))
    await click(wrapper, 'restore')
    await confirm()
    await eventually(() => expect(wrapper.find('h1').text()).toBe('Faulheit'))
    expect(asked).toEqual([{ what: 'restore 31', body: { before: true } }])
  })
})
