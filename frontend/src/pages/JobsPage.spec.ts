import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator } from '@/testing/people'
import { aPageOf } from '@/testing/samples'
import { refusal, server } from '@/testing/server'
import { aJob } from '@/testing/staffSamples'

import JobsPage from './JobsPage.vue'

function jobs(...list: ReturnType<typeof aJob>[]) {
  const asked: string[] = []
  server.use(
    http.get('/api/v1/jobs/', ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json(aPageOf(list, { count: 60, pages: 3 }))
    }),
  )
  return asked
}

beforeEach(() => server.use(http.get('/api/v1/me/', () => HttpResponse.json(aCurator()))))

describe('the jobs', () => {
  it('show how far one got, how fast, and how long it will take', async () => {
    jobs(aJob())
    const { wrapper } = await mountAt(JobsPage, { address: '/jobs' })
    await eventually(() => expect(wrapper.find('[data-testid=job]').text()).toContain('Describe new pictures'))
    const text = wrapper.find('[data-testid=job]').text()
    for (const part of ['Running', '25 %', '250 of 1,000', '12.3 per second', '1 minute, 1 second left', 'by clara']) expect(text).toContain(part)
  })

  it('say why one failed and what was left out, and try it again', async () => {
    const tried: string[] = []
    jobs(aJob({ kind: 'apply_import', state: 'failed', last_error: 'No space is left on the disk.', left_out: 12, import_id: 4 }))
    server.use(
      http.post('/api/v1/jobs/:id/retry/', ({ params }) => {
        tried.push(String(params.id))
        return HttpResponse.json(aJob({ state: 'queued' }), { status: 202 })
      }),
    )
    const { wrapper } = await mountAt(JobsPage, { address: '/jobs' })
    await eventually(() => expect(wrapper.text()).toContain('No space is left on the disk.'))
    expect(wrapper.text()).toContain('12 were left out')
    expect(wrapper.find('a[href="/imports/4"]').exists()).toBe(true)
    await wrapper.find('[data-testid=retry]').trigger('click')
    await eventually(() => expect(tried).toEqual(['31']))
  })

  it('can be cancelled, and say so when it is too late', async () => {
    jobs(aJob())
    server.use(http.post('/api/v1/jobs/31/cancel/', () => refusal(409, 'job_ended', 'Job 31 is done; there is nothing left to cancel.')))
    const { wrapper } = await mountAt(JobsPage, { address: '/jobs' })
    await eventually(() => expect(wrapper.find('[data-testid=cancel]').exists()).toBe(true))
    await wrapper.find('[data-testid=cancel]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=action-error]').text()).toContain('nothing left to cancel'))
  })

  it('of one state are a link, page by page', async () => {
    const asked = jobs(aJob({ state: 'failed' }))
    const { wrapper, router } = await mountAt(JobsPage, { address: '/jobs?page=2' })
    await eventually(() => expect(asked).toEqual(['?page=2']))
    await wrapper.find('[data-testid=choice-failed]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/jobs?state=failed'))
    await eventually(() => expect(asked.at(-1)).toBe('?page=1&state=failed'))
    await eventually(() => expect(wrapper.find('[data-testid=next-page]').exists()).toBe(true))
    await wrapper.find('[data-testid=next-page]').trigger('click')
    await eventually(() => expect(asked.at(-1)).toBe('?page=2&state=failed'))
  })

  it('say that there are none, or what went wrong', async () => {
    server.use(http.get('/api/v1/jobs/', () => HttpResponse.json(aPageOf([]))))
    const { wrapper } = await mountAt(JobsPage, { address: '/jobs' })
    await eventually(() => expect(wrapper.find('[data-testid=empty]').text()).toBe('There was nothing to do yet.'))
    server.use(http.get('/api/v1/jobs/', () => refusal(401, 'not_authenticated', 'Sign in first.')))
    const again = await mountAt(JobsPage, { address: '/jobs' })
    await eventually(() => expect(again.wrapper.find('[data-testid=error] a').attributes('href')).toBe('/sign-in?next=/jobs'))
  })
})
