import type { VueWrapper } from '@vue/test-utils'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { ImportDetail } from '@/api/importTypes'
import { eventually } from '@/testing/eventually'
import { aJob, anImport, anIssue, aRecord, counts, issuePage } from '@/testing/importSamples'
import { mountAt } from '@/testing/mountAt'
import { aPageOf } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

import ImportPage from './ImportPage.vue'

/** An import on the server: what it says changes with what is asked of it, and all that was asked is kept. */
function importServer(item: ImportDetail, answers: Partial<Record<string, Partial<ImportDetail>>> = {}) {
  const asked: { what: string; body: unknown }[] = []
  let now = item
  const take = async (what: string, request: Request) => {
    const body: unknown = request.method === 'PATCH' ? await request.json() : null
    asked.push({ what, body })
    now = { ...now, ...answers[what] }
    return HttpResponse.json(now, { status: 202 })
  }
  server.use(
    http.get('/api/v1/imports/7/', () => HttpResponse.json(now)),
    http.patch('/api/v1/imports/7/', ({ request }) => take('change', request)),
    http.post('/api/v1/imports/7/:step/', ({ params, request }) => take(String(params.step), request)),
    http.get('/api/v1/imports/7/records/', () => HttpResponse.json(aPageOf([aRecord()]))),
    http.get('/api/v1/imports/7/issues/', () => HttpResponse.json(issuePage([]))),
  )
  return { asked, say: (part: Partial<ImportDetail>) => (now = { ...now, ...part }) }
}

async function mountPage(): Promise<VueWrapper> {
  const { wrapper } = await mountAt(ImportPage, { address: '/', props: { id: 7 } })
  return wrapper
}

const at = (wrapper: VueWrapper, testid: string) => wrapper.find(`[data-testid="${testid}"]`)

const checked = { state: 'checked', job: null, counts: counts({ created: 2, changed: 1, unchanged: 5, problem: 1, issues: 3 }) } as const

describe('the page of an import', () => {
  it('shows the columns with samples and sends what is chosen, all others as they are', async () => {
    const { asked } = importServer(anImport())
    const wrapper = await mountPage()
    await eventually(() => expect(wrapper.findAll('[data-testid=column]')).toHaveLength(2))
    expect(wrapper.text()).toContain('La Paresse')
    await wrapper.findAll('[data-testid=column] select')[1]?.setValue('title')
    await eventually(() => expect(asked).toEqual([{ what: 'change', body: { mapping: { recordID: 'record_id', Titel: 'title' } } }]))
  })

  it('goes from the columns over the check to the preview, and follows the check', async () => {
    const { asked, say } = importServer(anImport(), { check: { state: 'checking', job: aJob() } })
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'check').text()).toBe('Check 648 rows'))
    await at(wrapper, 'check').trigger('click')
    await eventually(() => expect(wrapper.find('[role=progressbar]').attributes('aria-valuenow')).toBe('50'))
    expect(at(wrapper, 'progress').text()).toContain('324 of 648 · 81 a second · 4 seconds left')
    say(checked)
    await eventually(() => expect(at(wrapper, 'apply').text()).toBe('Load 3 records'))
    expect(asked.map(({ what }) => what)).toEqual(['check'])
    expect(document.activeElement?.tagName).toBe('H1')
  })

  it('lists the changed records with what is another, before anything changes', async () => {
    importServer(anImport(checked))
    const difference = { title: ['Faulheit', 'La Paresse'] } as const
    server.use(
      http.get('/api/v1/imports/7/records/', ({ request }) => {
        const outcome = new URL(request.url).searchParams.get('outcome')
        const record = aRecord({ outcome: 'changed', difference: { ...difference, title: ['Faulheit', 'La Paresse'] } })
        return HttpResponse.json(aPageOf(outcome === 'changed' ? [record] : [aRecord(), aRecord({ position: 2 })]))
      }),
    )
    const wrapper = await mountPage()
    await eventually(() => expect(wrapper.find('del').text()).toContain('Faulheit'))
    expect(wrapper.find('ins').text()).toContain('La Paresse')
    await at(wrapper, 'outcome-created').trigger('click')
    await eventually(() => expect(wrapper.findAll('[data-testid=record]')).toHaveLength(2))
    expect(wrapper.find('del').exists()).toBe(false)
  })

  it('groups the problems, shows where, what and why, and offers them as a file', async () => {
    importServer(anImport(checked))
    const codes = { date_not_understood: 2, no_record_id: 1 }
    server.use(
      http.get('/api/v1/imports/7/issues/', ({ request }) => {
        const code = new URL(request.url).searchParams.get('code')
        const issues = [anIssue(), anIssue({ row: 30 }), anIssue({ code: 'no_record_id', left_out: true })]
        return HttpResponse.json({ ...issuePage(issues.filter((one) => code === null || one.code === code), codes) })
      }),
    )
    const wrapper = await mountPage()
    await eventually(() => expect(wrapper.findAll('[data-testid=issues-group]')).toHaveLength(2))
    expect(at(wrapper, 'issue-count').text()).toBe('3 problems in all')
    expect(at(wrapper, 'download-issues').attributes('href')).toBe('/api/v1/imports/7/issues/export/')
    const names = wrapper.findAll('[data-testid=issues-group] summary').map((summary) => summary.text())
    expect(names, 'the rare ones first').toEqual(['Rows without a record number1', 'Dates without a year2'])
    const group = wrapper.findAll<HTMLDetailsElement>('[data-testid=issues-group]')[1]
    if (group) group.element.open = true
    await group?.trigger('toggle')
    await eventually(() => expect(wrapper.findAll('[data-testid=issue]')).toHaveLength(2))
    expect(at(wrapper, 'issue').text()).toMatch(/Row 12 · date · record 14943.*vor dem Krieg.*no year could be read.*Accepted: 1896.*Loaded all the same/s)
  })

  it('warns of what would be removed', async () => {
    importServer(anImport({ ...checked, action: 'replace', counts: { ...checked.counts, removed: 4 } }))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'warns-of-removal').text()).toBe('4 records would be removed.'))
  })

  it('names the conflicts before it undoes, and undoes what is left', async () => {
    const { asked } = importServer(anImport({ state: 'done', undoable: true, counts: checked.counts }), { undo: { state: 'undone', undoable: false } })
    const conflicts = [{ record_id: '14943', changed_at: '2026-11-21T12:00:00Z', by: 'vera' }]
    server.use(http.get('/api/v1/imports/7/undo/', () => HttpResponse.json({ created: 1, changed: 1, removed: 0, conflicts, conflict_count: 1 })))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'undo').exists()).toBe(true))
    await at(wrapper, 'undo').trigger('click')
    await eventually(() => expect(document.querySelector('[data-testid=conflicts]')?.textContent).toMatch(/14943.*changed .* by vera/))
    document.querySelector<HTMLButtonElement>('[data-testid=undo-confirm]')?.click()
    await eventually(() => expect(wrapper.text()).toContain('Everything is as it was before the import.'))
    expect(asked.map(({ what }) => what)).toEqual(['undo'])
  })

  it('can be stopped on the way, and go on', async () => {
    const { asked, say } = importServer(anImport({ state: 'running', job: aJob({ kind: 'apply_import' }), counts: checked.counts }))
    server.use(
      http.post('/api/v1/jobs/5/cancel/', () => {
        say({ job: aJob({ state: 'cancelled' }) })
        return HttpResponse.json(aJob({ state: 'cancelled' }))
      }),
    )
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'stop').exists()).toBe(true))
    await at(wrapper, 'stop').trigger('click')
    await eventually(() => expect(at(wrapper, 'resume').exists()).toBe(true))
    await at(wrapper, 'resume').trigger('click')
    await eventually(() => expect(asked.map(({ what }) => what)).toEqual(['apply']))
  })

  it('goes on with an import that failed, where it stopped', async () => {
    const { asked } = importServer(anImport({ state: 'failed', message: 'The disk is full.', counts: checked.counts, undoable: true }))
    const wrapper = await mountPage()
    await eventually(() => expect(wrapper.text()).toContain('The disk is full.'))
    await at(wrapper, 'resume').trigger('click')
    await eventually(() => expect(asked.map(({ what }) => what)).toEqual(['apply']))
  })

  it('says why a step was refused, and where the import stands', async () => {
    importServer(anImport())
    server.use(http.post('/api/v1/imports/7/check/', () => refusal(409, 'no_key', 'Say which column is the record number.')))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'check').exists()).toBe(true))
    await at(wrapper, 'check').trigger('click')
    await eventually(() => expect(at(wrapper, 'action-error').text()).toBe('Say which column is the record number.'))
    expect(at(wrapper, 'check').exists()).toBe(true)
  })

  it('says that there is no such import', async () => {
    server.use(http.get('/api/v1/imports/7/', () => refusal(404, 'import_not_found', 'There is no import 7.')))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'error').text()).toContain('There is no import 7.'))
  })

  it('keeps what it shows while the server is away, and asks again', async () => {
    let failures = 1
    const { say } = importServer(anImport({ state: 'running', job: aJob({ kind: 'apply_import' }) }))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'progress').exists()).toBe(true))
    server.use(
      http.get('/api/v1/imports/7/', () => (failures-- > 0 ? HttpResponse.error() : undefined)),
    )
    await eventually(() => expect(wrapper.text()).toContain('The server does not answer at the moment'))
    expect(at(wrapper, 'progress').exists()).toBe(true)
    say({ state: 'done', job: null, counts: counts({ created: 648 }) })
    await eventually(() => expect(at(wrapper, 'result-of-import').text()).toContain('Loaded'))
  })

  it('leads to the sign-in page and back when the session has ended, and does not say that the server is away', async () => {
    importServer(anImport())
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'check').exists()).toBe(true))
    const out = () => refusal(403, 'not_authenticated', 'Sign in first: this is not for everybody.')
    server.use(http.get('/api/v1/imports/7/', out), http.post('/api/v1/imports/7/:step/', out))
    await at(wrapper, 'check').trigger('click')
    await eventually(() => expect(at(wrapper, 'action-error').text()).toContain('Sign in first'))
    expect(at(wrapper, 'action-error').find('a').attributes('href')).toMatch(/^\/sign-in\?next=/)
    expect(at(wrapper, 'away').exists()).toBe(false)
  })

  it('reads manifests again that gave no record, and shows what was wrong with them', async () => {
    const nothing = { image_source: { kind: 'iiif', url: 'https://museum.example/m.json' }, reading: { ...anImport().reading, rows: 0 } } as const
    const { asked } = importServer(anImport(nothing))
    server.use(http.get('/api/v1/imports/7/issues/', () => HttpResponse.json(issuePage([anIssue({ code: 'iiif_not_json' })]))))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'unread').text()).toContain('https://museum.example/m.json'))
    await eventually(() => expect(at(wrapper, 'issues-group').exists()).toBe(true))
    expect(at(wrapper, 'check').exists()).toBe(false)
    await at(wrapper, 'read-again').trigger('click')
    await eventually(() => expect(asked.map(({ what }) => what)).toEqual(['check']))
  })

  it('offers another check where somebody changed the same records since', async () => {
    const { asked } = importServer(anImport(checked))
    server.use(http.post('/api/v1/imports/7/apply/', () => refusal(409, 'changed_since_check', 'Check again.')))
    const wrapper = await mountPage()
    await eventually(() => expect(at(wrapper, 'apply').exists()).toBe(true))
    await at(wrapper, 'apply').trigger('click')
    await eventually(() => expect(at(wrapper, 'check-again').exists()).toBe(true))
    expect(at(wrapper, 'apply').exists()).toBe(false)
    await at(wrapper, 'check-again').trigger('click')
    await eventually(() => expect(asked.map(({ what }) => what)).toEqual(['check']))
  })
})
