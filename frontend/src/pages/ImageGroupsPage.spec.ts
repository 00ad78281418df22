import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ImageGroup } from '@/api/staffTypes'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, anAdministrator } from '@/testing/people'
import { aPageOf } from '@/testing/samples'
import { server } from '@/testing/server'
import { aGroup, aJob } from '@/testing/staffSamples'

import ImageGroupsPage from './ImageGroupsPage.vue'

let groups: ImageGroup[] = []
let decisions: unknown[] = []

function decided(decision: string) {
  return http.post(`/api/v1/image-groups/:id/${decision}/`, async ({ params, request }) => {
    decisions.push([decision, Number(params.id), await request.text()])
    const group = groups.find(({ id }) => id === Number(params.id))
    groups = groups.filter((one) => one !== group)
    return HttpResponse.json(group)
  })
}

beforeEach(() => {
  decisions = []
  groups = [aGroup([17, 18]), aGroup([20, 21, 22], { id: 6, pairs: [], same_file: true })]
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(aCurator())),
    http.get('/api/v1/image-groups/', ({ request }) => {
      const state = new URL(request.url).searchParams.get('state')
      return HttpResponse.json(aPageOf(groups.filter((group) => group.state === state)))
    }),
    ...['accept', 'reject', 'reopen'].map(decided),
  )
})

async function groupsPage(address = '/image-groups') {
  const { wrapper } = await mountAt(ImageGroupsPage, { address })
  await eventually(() => expect(wrapper.find('[data-testid=group], [data-testid=empty]').exists()).toBe(true))
  return wrapper
}

describe('groups of one image', () => {
  it('are shown side by side, with the reason', async () => {
    const wrapper = await groupsPage()
    const first = wrapper.find('[data-testid=group]')
    expect(first.findAll('img').map((image) => image.attributes('src'))).toEqual(['/media/images/17/display/', '/media/images/18/display/'])
    expect(first.find('details').text()).toContain('Pictures 1 and 2: 87 matching points, 94 % of what both show. One is the mirror image of the other.')
    expect(wrapper.findAll('[data-testid=group]')[1]?.text()).toContain('All are one file, byte for byte.')
  })

  it('leave the list when they are accepted, and the keyboard goes on', async () => {
    const wrapper = await groupsPage()
    await wrapper.find('[data-testid=accept]').trigger('click')
    await eventually(() => expect(wrapper.findAll('[data-testid=group]')).toHaveLength(1))
    expect(decisions).toEqual([['accept', 5, '{}']])
    expect(wrapper.find('[data-testid=said]').text()).toBe('Accepted.')
    await eventually(() => expect(document.activeElement?.textContent).toBe('Group 1: 3 pictures'))
  })

  it('are accepted without the pictures that do not belong', async () => {
    const wrapper = await groupsPage()
    const second = wrapper.findAll('[data-testid=group]')[1]
    await second?.findAll('input[type=checkbox]')[2]?.setValue(false)
    expect(second?.find('[data-testid=accept]').text()).toBe('These 2 show the same image')
    await second?.find('[data-testid=accept]').trigger('click')
    await eventually(() => expect(decisions).toEqual([['accept', 6, '{"images":[20,21]}']]))
  })

  it('with pictures of collections of others are only looked at', async () => {
    server.use(http.get('/api/v1/me/', () => HttpResponse.json({ ...aCurator(), collections: [{ slug: 'maps', name: 'Maps', role: 'curator' }] })))
    const wrapper = await groupsPage()
    expect(wrapper.find('[data-testid=not-yours]').exists()).toBe(true)
    for (const name of ['accept', 'reject', 'find']) expect(wrapper.find(`[data-testid=${name}]`).exists()).toBe(false)
  })

  it('are searched for anew by an administrator', async () => {
    server.use(
      http.get('/api/v1/me/', () => HttpResponse.json(anAdministrator())),
      http.post('/api/v1/image-groups/find/', () => HttpResponse.json(aJob({ state: 'queued' }), { status: 202 })),
    )
    const wrapper = await groupsPage()
    await wrapper.find('[data-testid=find]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=said]').text()).toContain('compared in the background'))
  })

  it('are rejected', async () => {
    const wrapper = await groupsPage()
    await wrapper.find('[data-testid=reject]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=said]').text()).toContain('not proposed again'))
  })

  it('that were decided can be decided anew, and are a file', async () => {
    groups = [aGroup([17, 18], { state: 'accepted', decided_by: 'clara', decided_at: '2026-11-20T09:00:00Z' })]
    const wrapper = await groupsPage('/image-groups?state=accepted')
    expect(wrapper.text()).toContain('Decided by clara')
    expect(wrapper.find('[data-testid=export]').attributes('href')).toBe('/api/v1/image-groups/export/?state=accepted')
    await wrapper.find('[data-testid=reopen]').trigger('click')
    await eventually(() => expect(wrapper.find('[data-testid=empty]').text()).toBe('No group is accepted yet.'))
  })
})
