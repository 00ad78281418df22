import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Collection, Me } from '@/api/staffTypes'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, anAdministrator } from '@/testing/people'
import { refusal, server } from '@/testing/server'
import { aCollection } from '@/testing/staffSamples'

import CollectionsPage from './CollectionsPage.vue'

/** A server that keeps what is sent to it. */
function museum(me: Me) {
  const state = { collections: [aCollection(), aCollection({ slug: 'maps', name: 'Maps', role: '' })] as Collection[], members: [{ username: 'clara', name: 'Clara', role: 'curator' }] }
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(me)),
    http.get('/api/v1/collections/', () => HttpResponse.json(state.collections)),
    http.post('/api/v1/collections/', async ({ request }) => {
      const made = aCollection({ print_count: 0, ...((await request.json()) as Partial<Collection>) })
      state.collections = [...state.collections, made]
      return HttpResponse.json(made, { status: 201 })
    }),
    http.patch('/api/v1/collections/prints/', async ({ request }) => {
      const changed = { ...aCollection(), ...((await request.json()) as Partial<Collection>) }
      state.collections = [changed, ...state.collections.slice(1)]
      return HttpResponse.json(changed)
    }),
    http.get('/api/v1/collections/prints/members/', () => HttpResponse.json({ members: state.members })),
    http.put('/api/v1/collections/prints/members/', async ({ request }) => {
      state.members = ((await request.json()) as typeof state).members
      return HttpResponse.json({ members: state.members })
    }),
  )
  return state
}

async function collectionsPage() {
  const { wrapper } = await mountAt(CollectionsPage, { address: '/collections' })
  await eventually(() => expect(wrapper.findAll('[data-testid=collection]').length).toBeGreaterThan(0))
  return wrapper
}

describe('the collections', () => {
  it('are changed by those who look after them', async () => {
    const state = museum(aCurator())
    const wrapper = await collectionsPage()
    expect(wrapper.findAll('[data-testid=visibility]')).toHaveLength(1)
    await wrapper.find('[data-testid=visibility] select').setValue('private')
    await eventually(() => expect(state.collections[0]?.visibility).toBe('private'))
    await eventually(() => expect(wrapper.text()).toContain('Only its members and administrators know that it exists.'))
    expect(wrapper.find('[data-testid=create]').exists()).toBe(false)
  })

  it('are made by administrators, with a short name of their own', async () => {
    const state = museum(anAdministrator())
    const wrapper = await collectionsPage()
    await wrapper.find('[data-testid=name] input').setValue('Zürcher Ansichten')
    expect((wrapper.find('[data-testid=slug] input').element as HTMLInputElement).value).toBe('zurcher-ansichten')
    await wrapper.find('form.collection-new').trigger('submit')
    await eventually(() => expect(state.collections.at(-1)).toMatchObject({ name: 'Zürcher Ansichten', slug: 'zurcher-ansichten', visibility: 'private' }))
    await eventually(() => expect(wrapper.text()).toContain('“Zürcher Ansichten” is created.'))
  })

  it('show an error', async () => {
    museum(aCurator())
    server.use(http.get('/api/v1/collections/', () => refusal(500, 'broken', 'The database is locked.')))
    const { wrapper } = await mountAt(CollectionsPage, { address: '/collections' })
    await eventually(() => expect(wrapper.find('[data-testid=error]').text()).toContain('The database is locked.'))
  })
})

describe('the members of a collection', () => {
  async function unfolded(me: Me) {
    const state = museum(me)
    const wrapper = await collectionsPage()
    const details = wrapper.find('[data-testid=collection] details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    await eventually(() => expect(details.find('[data-testid=member]').exists()).toBe(true))
    return { state, details }
  }

  it('are added and removed by an administrator', async () => {
    const { state, details } = await unfolded(anAdministrator())
    await details.find('[data-testid=member-name] input').setValue('vera')
    await details.find('.collection-members-new select').setValue('viewer')
    await details.find('.collection-members-new').trigger('submit')
    await eventually(() => expect(state.members.map(({ username, role }) => [username, role])).toEqual([['clara', 'curator'], ['vera', 'viewer']]))
    await eventually(() => expect(details.findAll('[data-testid=remove-member]')).toHaveLength(2))
    await details.find('[data-testid=remove-member]').trigger('click')
    await eventually(() => expect(state.members.map(({ username }) => username)).toEqual(['vera']))
  })

  it('are only shown to a curator', async () => {
    const { details } = await unfolded(aCurator())
    expect(details.text()).toContain('Administrators change the members.')
    expect(details.find('form').exists()).toBe(false)
  })
})
