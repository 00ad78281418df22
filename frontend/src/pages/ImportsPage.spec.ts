import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import App from '@/App.vue'
import { eventually } from '@/testing/eventually'
import { anImport, counts } from '@/testing/importSamples'
import { mountAt } from '@/testing/mountAt'
import { aCurator, anAdministrator } from '@/testing/people'
import { aPageOf } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

function museum(known = aCurator(), imports = [anImport({ state: 'done', counts: counts({ created: 648, problem: 2 }) })]) {
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(known)),
    http.get('/api/v1/imports/', () => HttpResponse.json(aPageOf(imports))),
    http.get('/api/v1/imports/7/', () => HttpResponse.json(anImport())),
  )
}

async function mountImports() {
  const { wrapper, router } = await mountAt(App, { address: '/imports' })
  await eventually(() => expect(wrapper.find('[data-testid=new-import]').exists()).toBe(true))
  return { wrapper, router }
}

/** Puts a file into an input, as choosing one does. */
function giveFile(input: Element, file: File): void {
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  Object.defineProperty(input, 'value', { value: '', writable: true })
  input.dispatchEvent(new Event('change'))
}

async function chooseTable(wrapper: Awaited<ReturnType<typeof mountImports>>['wrapper']): Promise<void> {
  await wrapper.find('[data-testid=new-import]').trigger('click')
  giveFile(wrapper.find('[data-testid=choose-table]').element, new File(['recordID\n1\n'], 'metadata.csv'))
  await eventually(() => expect(wrapper.find('[data-testid=bring]').attributes('disabled')).toBeUndefined())
}

describe('the page of the imports', () => {
  it('lists them with what they did, and leads to each', async () => {
    museum()
    const { wrapper } = await mountImports()
    await eventually(() => expect(wrapper.findAll('[data-testid=import]')).toHaveLength(1))
    expect(wrapper.find('[data-testid=import]').text()).toMatch(/metadata.csv.*Loaded.*Add and update, Prints.*648 created · 2 left out/s)
    expect(wrapper.find('[data-testid=import] a').attributes('href')).toBe('/imports/7')
  })

  it('says that there is none yet', async () => {
    museum(aCurator(), [])
    const { wrapper } = await mountImports()
    await eventually(() => expect(wrapper.find('[data-testid=empty]').text()).toBe('Nothing was imported yet.'))
  })

  it('says why the list cannot be shown', async () => {
    museum()
    server.use(http.get('/api/v1/imports/', () => refusal(503, 'database_busy', 'The database is busy.')))
    const { wrapper } = await mountImports()
    await eventually(() => expect(wrapper.find('[data-testid=error]').text()).toContain('The database is busy.'))
  })

  it('brings a table and goes to its import', async () => {
    museum()
    let sent = ''
    server.use(
      http.post('/api/v1/imports/', async ({ request }) => {
        sent = await request.text()
        return HttpResponse.json(anImport(), { status: 201 })
      }),
    )
    const { wrapper, router } = await mountImports()
    await chooseTable(wrapper)
    expect(wrapper.find('.file-drop').text()).toContain('metadata.csv')
    await wrapper.find('input[type=radio][value=replace]').setValue()
    await wrapper.find('input[type=radio][value=url]').setValue()
    await wrapper.find('form.import-start').trigger('submit')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/imports/7'))
    expect(sent).toMatch(/name="table"; filename="metadata.csv".*name="collection"\s+prints.*replace.*\{"kind":"url"\}/s)
  })

  it.each([
    ['usual', '{"kind":"iiif","url":"https://example.org/manifest.json"}'],
    ['canvas', '{"kind":"iiif","url":"https://example.org/manifest.json","records":"canvas"}'],
  ])('takes the address of a manifest instead of a table, with records as %s', async (records, source) => {
    museum()
    let sent = ''
    server.use(
      http.post('/api/v1/imports/', async ({ request }) => {
        sent = await request.text()
        return HttpResponse.json(anImport(), { status: 201 })
      }),
    )
    const { wrapper, router } = await mountImports()
    await wrapper.find('[data-testid=new-import]').trigger('click')
    await wrapper.find('input[type=radio][value=iiif]').setValue()
    expect(wrapper.find('[data-testid=bring]').attributes('disabled')).toBeDefined()
    await wrapper.find('[data-testid=iiif-address] input').setValue('https://example.org/manifest.json')
    await wrapper.find(`[data-testid=iiif-records] input[value=${records}]`).setValue()
    await wrapper.find('form.import-start').trigger('submit')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/imports/7'))
    expect(sent).toContain(source)
    expect(sent).not.toContain('name="table"')
  })

  it('shows why a table is refused, and keeps what was chosen', async () => {
    museum()
    server.use(http.post('/api/v1/imports/', () => refusal(400, 'not_a_table', 'metadata.csv is a picture, not a table.')))
    const { wrapper } = await mountImports()
    await chooseTable(wrapper)
    await wrapper.find('form.import-start').trigger('submit')
    await eventually(() => expect(wrapper.find('[data-testid=action-error]').text()).toBe('metadata.csv is a picture, not a table.'))
    expect(wrapper.find('.file-drop').text()).toContain('metadata.csv')
  })

  it('lets an administrator make the collection on the way', async () => {
    museum({ ...anAdministrator(), collections: [] })
    const made: unknown[] = []
    server.use(
      http.post('/api/v1/collections/', async ({ request }) => {
        made.push(await request.json())
        return HttpResponse.json({ slug: 'woodcuts', name: 'Woodcuts' }, { status: 201 })
      }),
      http.post('/api/v1/imports/', async ({ request }) => {
        made.push(/name="collection"\s+(\S+)/.exec(await request.text())?.[1])
        return HttpResponse.json(anImport(), { status: 201 })
      }),
    )
    const { wrapper, router } = await mountImports()
    await wrapper.find('[data-testid=new-import]').trigger('click')
    giveFile(wrapper.find('[data-testid=choose-table]').element, new File(['recordID\n1\n'], 'metadata.csv'))
    await wrapper.find('[data-testid=collection-name] input').setValue('Woodcuts')
    await wrapper.find('form.import-start').trigger('submit')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/imports/7'))
    expect(made).toMatchObject([{ name: 'Woodcuts', visibility: 'public' }, 'woodcuts'])
  })
})
