import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'

import type { Me } from '@/api/staffTypes'
import { useSessionStore } from '@/stores/session'
import { eventually } from '@/testing/eventually'
import { mountAt } from '@/testing/mountAt'
import { aCurator, anAdministrator, aViewer, me } from '@/testing/people'
import { server } from '@/testing/server'

import AppHeaderStaff from './AppHeaderStaff.vue'

async function openMenu(who: Me) {
  server.use(http.get('/api/v1/me/', () => HttpResponse.json(who)))
  const { wrapper, router } = await mountAt(AppHeaderStaff)
  await useSessionStore().load()
  await wrapper.find('[data-testid=staff-menu]').trigger('click')
  const menu = await eventually(() => {
    const found = [...document.querySelectorAll('.app-header-staff')].at(-1)
    expect(found).toBeDefined()
    return found as HTMLElement
  })
  return { menu, router }
}

function links(menu: HTMLElement): (string | null)[] {
  return [...menu.querySelectorAll('a')].map((link) => link.getAttribute('href'))
}

describe('the menu of staff', () => {
  it('of somebody without rights is the account', async () => {
    expect(links((await openMenu(aViewer())).menu)).toEqual(['/account'])
  })

  it('has what a curator may see', async () => {
    const { menu } = await openMenu(aCurator())
    expect(links(menu)).toEqual(['/imports', '/prints/new', '/collections', '/image-groups', '/jobs', '/index', '/audit', '/account'])
  })

  it("has Django's pages for administrators", async () => {
    expect(links((await openMenu(anAdministrator())).menu)).toContain('/admin/')
  })

  it('signs out', async () => {
    const { menu, router } = await openMenu(aCurator())
    await router.push('/jobs')
    server.use(
      http.delete('/api/v1/session/', () => new HttpResponse(null, { status: 204 })),
      http.get('/api/v1/me/', () => HttpResponse.json(me())),
    )
    menu.querySelector<HTMLElement>('[data-testid=sign-out]')?.click()
    await eventually(() => expect(router.currentRoute.value.name).toBe('search'))
    expect(useSessionStore().user).toBeNull()
  })
})
