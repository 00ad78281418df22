import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator } from '@/testing/people'
import { aPageOf } from '@/testing/samples'
import { server } from '@/testing/server'
import { anEntry } from '@/testing/staffSamples'

import AuditPage from './AuditPage.vue'

describe('the audit trail', () => {
  it('says who did what to what', async () => {
    const entries = [anEntry(), anEntry({ id: 91, user: '', action: 'moon_landed', target: 'Apollo', collection: '', detail: {}, address: '192.0.2.7' })]
    server.use(http.get('/api/v1/audit/', () => HttpResponse.json(aPageOf(entries))))
    const { wrapper } = await mountAt(AuditPage, { address: '/audit' })
    await eventually(() => expect(wrapper.findAll('[data-testid=entry]')).toHaveLength(2))
    const [first, second] = wrapper.findAll('[data-testid=entry]').map((entry) => entry.text())
    expect(first).toContain('clara')
    expect(first).toContain('Changed a collection: prints')
    expect(first).toContain('Changed: {"visibility":["public","staff"]}')
    for (const part of ['The operator', 'moon landed: Apollo', 'from 192.0.2.7']) expect(second).toContain(part)
  })

  it('can be of one collection', async () => {
    const asked: string[] = []
    server.use(
      http.get('/api/v1/me/', () => HttpResponse.json(aCurator())),
      http.get('/api/v1/audit/', ({ request }) => {
        asked.push(new URL(request.url).search)
        return HttpResponse.json(aPageOf([]))
      }),
    )
    const { wrapper, router } = await mountAt(AuditPage, { address: '/audit' })
    await eventually(() => expect(wrapper.find('[data-testid=empty]').exists()).toBe(true))
    await wrapper.find('select').setValue('prints')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/audit?collection=prints'))
    await eventually(() => expect(asked).toEqual(['?page=1', '?page=1&collection=prints']))
  })
})
