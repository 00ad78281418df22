import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Token } from '@/api/staffTypes'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator } from '@/testing/people'
import { server } from '@/testing/server'
import { aToken } from '@/testing/staffSamples'

import AccountPage from './AccountPage.vue'

let tokens: Token[] = []

beforeEach(() => {
  tokens = [aToken()]
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(aCurator())),
    http.get('/api/v1/me/tokens/', () => HttpResponse.json(tokens)),
    http.post('/api/v1/me/tokens/', async ({ request }) => {
      const token = aToken({ id: 4, ...((await request.json()) as { name: string; expires_at: string | null }) })
      tokens = [token, ...tokens]
      return HttpResponse.json({ ...token, token: 'recto_secret' }, { status: 201 })
    }),
    http.delete('/api/v1/me/tokens/:id/', ({ params }) => {
      tokens = tokens.filter(({ id }) => id !== Number(params.id))
      return new HttpResponse(null, { status: 204 })
    }),
  )
})

async function accountPage() {
  const { wrapper } = await mountAt(AccountPage, { address: '/account' })
  await eventually(() => expect(wrapper.find('[data-testid=token]').exists()).toBe(true))
  return wrapper
}

describe('the account', () => {
  it('says who one is and what one looks after', async () => {
    const text = (await accountPage()).text()
    expect(text).toContain('You are signed in as Clara Custos.')
    expect(text).toContain('You look after the collection “Prints”.')
  })

  it('shows a new token once', async () => {
    const wrapper = await accountPage()
    await wrapper.find('[data-testid=token-name] input').setValue('My script')
    await wrapper.find('.account-tokens-new select').setValue('0')
    await wrapper.find('.account-tokens-new').trigger('submit')
    await eventually(() => expect(wrapper.find('[data-testid=new-token] code').text()).toBe('recto_secret'))
    await eventually(() => expect(wrapper.findAll('[data-testid=token]')).toHaveLength(2))
    expect(tokens[0]).toMatchObject({ name: 'My script', expires_at: null })
    expect((await accountPage()).text()).not.toContain('recto_secret')
  })

  it('asks before it deletes a token', async () => {
    const wrapper = await accountPage()
    await wrapper.find('[data-testid=token] button').trigger('click')
    expect(tokens).toHaveLength(1)
    const confirm = await eventually(() => {
      const button = document.querySelector<HTMLElement>('[data-testid=confirm]')
      expect(button).not.toBeNull()
      return button
    })
    confirm?.click()
    await eventually(() => expect(wrapper.find('[data-testid=no-tokens]').exists()).toBe(true))
    expect(tokens).toEqual([])
  })
})

describe('the password', () => {
  async function change(wrapper: Awaited<ReturnType<typeof accountPage>>): Promise<void> {
    await wrapper.find('[data-testid=old-password] input').setValue('old one')
    await wrapper.find('[data-testid=new-password] input').setValue('new one')
    await wrapper.find('form.account-password').trigger('submit')
  }

  it('is changed', async () => {
    server.use(http.post('/api/v1/me/password/', () => new HttpResponse(null, { status: 204 })))
    const wrapper = await accountPage()
    await change(wrapper)
    await eventually(() => expect(wrapper.find('form.account-password [role=status]').text()).toBe('The password is changed.'))
    expect((wrapper.find('[data-testid=new-password] input').element as HTMLInputElement).value).toBe('')
  })

  it('says at the field what the server wants', async () => {
    const error = { code: 'weak_password', message: 'This password is too short.', fields: { new_password: ['This password is too short.'] } }
    server.use(http.post('/api/v1/me/password/', () => HttpResponse.json({ error }, { status: 400 })))
    const wrapper = await accountPage()
    await change(wrapper)
    await eventually(() => expect(wrapper.find('[data-testid=new-password]').text()).toContain('This password is too short.'))
    expect(wrapper.find('form.account-password [data-testid=action-error]').exists()).toBe(false)
  })
})
