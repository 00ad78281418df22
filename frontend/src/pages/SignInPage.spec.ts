import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it } from 'vitest'

import App from '@/App.vue'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, aViewer, me } from '@/testing/people'
import { aPageOf } from '@/testing/samples'
import { refusal, server } from '@/testing/server'

/** A server whose answer to "who am I" changes with the session. */
function sessionServer({ known = aCurator(), signedIn = false } = {}) {
  const seen: { token: string | null; body: unknown }[] = []
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(signedIn ? known : me())),
    // What the pages ask for that a curator is led to.
    http.get('/api/v1/me/tokens/', () => HttpResponse.json([])),
    http.get('/api/v1/imports/', () => HttpResponse.json(aPageOf([]))),
    http.post('/api/v1/session/', async ({ request }) => {
      const body = (await request.json()) as { password: string }
      seen.push({ token: request.headers.get('X-CSRFToken'), body })
      if (body.password !== 'right') return refusal(400, 'wrong_credentials', 'The user name or the password is wrong.')
      signedIn = true
      return HttpResponse.json(known)
    }),
    http.delete('/api/v1/session/', () => {
      signedIn = false
      return new HttpResponse(null, { status: 204 })
    }),
  )
  return seen
}

async function signIn(wrapper: Awaited<ReturnType<typeof mountAt>>['wrapper'], password: string): Promise<void> {
  await eventually(() => expect(wrapper.find('[data-testid=username] input').exists()).toBe(true))
  await wrapper.find('[data-testid=username] input').setValue('clara')
  await wrapper.find('[data-testid=password] input').setValue(password)
  await wrapper.find('form.sign-in-form').trigger('submit')
}

beforeEach(() => {
  document.cookie = 'csrftoken=abc'
})

describe('signing in', () => {
  it('is where a page leads that needs it, and leads back', async () => {
    const seen = sessionServer()
    const { wrapper, router } = await mountAt(App, { address: '/account?tab=tokens' })
    expect(router.currentRoute.value.fullPath).toBe('/sign-in?next=/account?tab=tokens')
    await signIn(wrapper, 'right')
    await eventually(() => expect(router.currentRoute.value.fullPath).toBe('/account?tab=tokens'))
    expect(seen).toEqual([{ token: 'abc', body: { username: 'clara', password: 'right' } }])
    await eventually(() => expect(wrapper.find('[data-testid=staff-menu]').attributes('aria-label')).toBe('Menu of Clara Custos'))
  })

  it('says that the name or the password is wrong, and forgets the password', async () => {
    sessionServer()
    const { wrapper, router } = await mountAt(App, { address: '/sign-in' })
    await signIn(wrapper, 'wrong')
    await eventually(() => expect(wrapper.find('[data-testid=action-error]').text()).toContain('The user name or the password is wrong.'))
    expect((wrapper.find('[data-testid=password] input').element as HTMLInputElement).value).toBe('')
    expect(router.currentRoute.value.name).toBe('sign-in')
  })

  it('makes everybody wait after too many failures', async () => {
    sessionServer()
    server.use(http.post('/api/v1/session/', () => refusal(429, 'locked_out', 'Too many failures.', { 'Retry-After': '90' })))
    const { wrapper } = await mountAt(App, { address: '/sign-in' })
    await signIn(wrapper, 'wrong')
    await eventually(() => expect(wrapper.find('form').text()).toContain('Wait 90 seconds'))
    expect(wrapper.find('[data-testid=sign-in]').attributes('disabled')).toBeDefined()
  })

  it('does not lead out of this site', async () => {
    sessionServer()
    const { wrapper, router } = await mountAt(App, { address: '/sign-in?next=https://evil.example/' })
    await signIn(wrapper, 'right')
    await eventually(() => expect(router.currentRoute.value.name).not.toBe('sign-in'))
    expect(window.location.host).toBe('localhost:3000')
  })
})

describe('somebody who is signed in', () => {
  it('is told that a page needs a right, and can sign in as somebody else', async () => {
    sessionServer({ known: aViewer(), signedIn: true })
    const { wrapper } = await mountAt(App, { address: '/sign-in?next=/jobs' })
    await eventually(() => expect(wrapper.find('[data-testid=not-allowed]').text()).toContain('needs a right'))
    await wrapper.find('[data-testid=sign-out]').trigger('click')
    await eventually(() => expect(wrapper.find('form.sign-in-form').exists()).toBe(true))
  })
})

describe('a page that needs a right', () => {
  it('says itself that the server is away', async () => {
    server.use(
      http.get('/api/v1/me/', () => refusal(503, 'database_busy', 'The database is busy.')),
      http.get('/api/v1/jobs/', () => refusal(503, 'database_busy', 'The database is busy.')),
    )
    const { wrapper, router } = await mountAt(App, { address: '/jobs' })
    expect(router.currentRoute.value.name).toBe('jobs')
    await eventually(() => expect(wrapper.find('main [data-testid=error]').text()).toContain('The database is busy.'))
  })
})
