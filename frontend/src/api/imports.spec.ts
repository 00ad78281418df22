import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { anImport } from '@/testing/importSamples'
import { refusal, server } from '@/testing/server'

import { importForm, issuesAddress, postImport, postImportImages, templateAddress } from './imports'

const table = new File(['recordID;Titel\n1;La Paresse\n'], 'metadata.csv', { type: 'text/csv' })
const wanted = { table, collection: 'prints', action: 'add', imageSource: { kind: 'none' } } as const

afterEach(() => void (document.cookie = 'csrftoken=; max-age=0'))

describe('importForm', () => {
  it('sends the table under its name, and where the pictures come from as JSON', () => {
    const form = importForm({ ...wanted, imageSource: { kind: 'folder', path: 'raw/prints/images' } })
    expect((form.get('table') as File).name).toBe('metadata.csv')
    expect(form.get('image_source')).toBe('{"kind":"folder","path":"raw/prints/images"}')
  })

  it('sends no table for IIIF', () => {
    const form = importForm({ ...wanted, table: null, imageSource: { kind: 'iiif', url: 'https://example.org/m.json' } })
    expect([...form.keys()]).toEqual(['collection', 'action', 'image_source'])
  })
})

describe('sending a table', () => {
  it('answers with the import, reports when all was sent, and shows that it comes from our page', async () => {
    document.cookie = 'csrftoken=abc'
    let token: string | null = null
    server.use(
      http.post('/api/v1/imports/', ({ request }) => {
        token = request.headers.get('X-CSRFToken')
        return HttpResponse.json(anImport(), { status: 201 })
      }),
    )
    const onSent = vi.fn()
    expect(await postImport(wanted, { onSent })).toEqual(anImport())
    expect(onSent).toHaveBeenLastCalledWith(1)
    expect(token).toBe('abc')
  })

  it('says what the server said', async () => {
    server.use(http.post('/api/v1/imports/', () => refusal(413, 'table_too_large', 'At most 200 MB.')))
    await expect(postImport(wanted)).rejects.toMatchObject({ code: 'table_too_large', message: 'At most 200 MB.', status: 413 })
  })

  it('can be stopped', async () => {
    server.use(http.post('/api/v1/imports/7/images/', () => new Promise<never>(() => undefined)))
    const controller = new AbortController()
    const sending = postImportImages(7, new File(['PK'], 'scans.zip'), { signal: controller.signal })
    controller.abort()
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('addresses that the browser fetches', () => {
  it('are those of the API', () => {
    expect([issuesAddress(7), templateAddress('xlsx')]).toEqual(['/api/v1/imports/7/issues/export/', '/api/v1/imports/template/?as=xlsx'])
  })
})
