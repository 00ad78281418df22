import type { VueWrapper } from '@vue/test-utils'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import App from '@/App.vue'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, aViewer } from '@/testing/people'
import { anImage, aPrint } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

/** A museum that takes records; of pictures it refuses those named so. */
function museum({ known = aCurator(), broken = [] as string[] } = {}) {
  const records: unknown[] = []
  const pictures: string[] = []
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(known)),
    http.get('/api/v1/dates/', ({ request }) => {
      const isDate = new URL(request.url).searchParams.get('text') === 'ca. 1520'
      return HttpResponse.json({ year_min: isDate ? 1515 : null, year_max: isDate ? 1525 : null })
    }),
    http.post('/api/v1/prints/', async ({ request }) => {
      records.push(await request.json())
      return HttpResponse.json(aPrint(), { status: 201 })
    }),
    http.post('/api/v1/prints/12/images/', async ({ request }) => {
      const name = /filename="([^"]*)"/.exec(await request.text())?.[1] ?? ''
      if (broken.includes(name)) return refusal(400, 'not_an_image', 'The file is no picture.')
      pictures.push(name)
      return HttpResponse.json(anImage(), { status: 201 })
    }),
  )
  return { records, pictures, broken }
}

async function newPrint(address = '/prints/new?collection=prints') {
  const { wrapper, router } = await mountAt(App, { address })
  await eventually(() => expect(wrapper.find('[data-testid=new-print]').exists()).toBe(true))
  return { wrapper, router }
}

const write = (wrapper: VueWrapper, field: string, text: string) => wrapper.find(`[data-testid=${field}] :is(input, textarea)`).setValue(text)
const submit = (wrapper: VueWrapper) => wrapper.find('[data-testid=new-print]').trigger('submit')

async function choosePictures(wrapper: VueWrapper, ...names: string[]): Promise<void> {
  const input = wrapper.find<HTMLInputElement>('[data-testid=add-pictures]')
  Object.defineProperty(input.element, 'files', { value: names.map((name) => new File(['x'], name, { type: 'image/jpeg' })), configurable: true })
  await input.trigger('change')
}

describe('adding a record', () => {
  it('is for curators', async () => {
    museum({ known: aViewer() })
    const { router } = await mountAt(App, { address: '/prints/new' })
    await eventually(() => expect(router.currentRoute.value.name).toBe('sign-in'))
  })

  it('sends the record, then its pictures in their order, and shows it', async () => {
    const { records, pictures } = museum()
    const { wrapper, router } = await newPrint()
    await write(wrapper, 'record-id', ' 14943 ')
    await write(wrapper, 'edit-title', 'La Paresse')
    await choosePictures(wrapper, 'recto.jpg', 'verso.jpg')
    expect(wrapper.findAll('[data-testid=new-picture]').map((one) => one.find('p').text())).toEqual(['recto.jpg', 'verso.jpg'])
    await submit(wrapper)
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/prints/12'))
    expect(records).toEqual([expect.objectContaining({ collection: 'prints', record_id: '14943', title: 'La Paresse' })])
    expect(pictures).toEqual(['recto.jpg', 'verso.jpg'])
  })

  it('says at the field that there is such a record already, and goes there', async () => {
    const { records } = museum()
    server.use(
      http.post('/api/v1/prints/', () => {
        const error = { code: 'record_exists', message: 'The collection has it.', fields: { record_id: ['There is a record 14943.'] } }
        return HttpResponse.json({ error }, { status: 409 })
      }),
    )
    const { wrapper } = await newPrint()
    await write(wrapper, 'record-id', '14943')
    await submit(wrapper)
    await eventually(() => expect(wrapper.find('[data-testid=record-id]').text()).toContain('There is a record 14943.'))
    await eventually(() => expect(document.activeElement).toBe(wrapper.find('[data-testid=record-id] input').element))
    expect(records).toEqual([])
  })

  it('tells which picture was refused and why, and tries it again without a second record', async () => {
    const { records, pictures, broken } = museum({ broken: ['bad.jpg'] })
    const { wrapper, router } = await newPrint()
    await write(wrapper, 'record-id', '14943')
    await choosePictures(wrapper, 'bad.jpg', 'good.jpg')
    await submit(wrapper)
    await eventually(() => expect(wrapper.find('[data-testid=pictures-missing]').text()).toContain('1 picture is not yet'))
    expect(wrapper.find('[data-testid=picture-error]').text()).toBe('The file is no picture.')
    expect(pictures).toEqual(['good.jpg'])
    broken.length = 0
    await submit(wrapper)
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/prints/12'))
    expect([records.length, pictures]).toEqual([1, ['good.jpg', 'bad.jpg']])
  })

  it('leads to the record without the pictures that are left out', async () => {
    museum({ broken: ['bad.jpg'] })
    const { wrapper, router } = await newPrint()
    await write(wrapper, 'record-id', '14943')
    await choosePictures(wrapper, 'bad.jpg')
    await submit(wrapper)
    await eventually(() => expect(wrapper.find('[data-testid=picture-error]').exists()).toBe(true))
    await wrapper.find('[data-testid=leave-out]').trigger('click')
    await wrapper.find('[data-testid=to-record]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/prints/12'))
  })

  it('shows what is understood of the date, and takes years where nothing is', async () => {
    const { records } = museum()
    const { wrapper } = await newPrint()
    const read = () => wrapper.find('[data-testid=years-read]').text()
    await write(wrapper, 'edit-date', 'ca. 1520')
    await eventually(() => expect(read()).toBe('Found under 1515–1525.'))
    await write(wrapper, 'edit-date', 'vor dem Krieg')
    await eventually(() => expect(read()).toContain('No year is understood'))
    await wrapper.find('[data-testid=years-by-hand]').setValue(true)
    await write(wrapper, 'year-first', '1914')
    await write(wrapper, 'record-id', '14943')
    await submit(wrapper)
    await eventually(() => expect(records).toHaveLength(1))
    expect(records[0]).toMatchObject({ date: 'vor dem Krieg', year_min: 1914, year_max: 1914 })
  })

  it.each([
    ['stay', 'new-print'],
    ['leave', 'about'],
  ])('asks before what is written is lost: %s', async (testid, where) => {
    museum()
    const { wrapper, router } = await newPrint()
    await write(wrapper, 'record-id', '14943')
    const going = router.push('/about')
    const button = await eventually(() => {
      const found = document.querySelector<HTMLElement>(`[data-testid=${testid}]`)
      expect(found).not.toBeNull()
      return found
    })
    button?.click()
    await going
    expect(router.currentRoute.value.name).toBe(where)
  })

  it('lets go where nothing is written', async () => {
    museum()
    const { router } = await newPrint()
    await router.push('/about')
    expect(router.currentRoute.value.name).toBe('about')
  })
})
