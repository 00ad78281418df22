import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick, type VNode } from 'vue'
import { createMemoryHistory, createRouter, type RouteLocationRaw, type Router } from 'vue-router'

import { usePlainLinks } from './usePlainLinks'

const empty = { render: () => null }

async function routed(): Promise<Router> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'search', component: empty },
      { path: '/prints/:id', name: 'print', component: empty },
    ],
  })
  await router.push('/?image=1')
  return router
}

function linkTo(to: RouteLocationRaw, drawn: () => void = () => undefined) {
  return {
    setup(): () => VNode {
      const { hrefOf, follow } = usePlainLinks()
      return () => {
        drawn()
        return h('a', { href: hrefOf(to), onClick: (event: MouseEvent) => follow(event, to) })
      }
    },
  }
}

describe('usePlainLinks', () => {
  afterEach(() => vi.restoreAllMocks())

  it('names the address of a place', async () => {
    const router = await routed()
    const link = mount(linkTo({ name: 'print', params: { id: 7 } }), { global: { plugins: [router] } })
    expect(link.attributes('href')).toBe('/prints/7')
  })

  it('draws a named place once, however the address changes', async () => {
    const router = await routed()
    const drawn = vi.fn()
    mount(linkTo({ name: 'print', params: { id: 7 } }, drawn), { global: { plugins: [router] } })
    await router.push('/?image=2')
    await nextTick()
    expect(drawn).toHaveBeenCalledTimes(1)
  })

  it('follows the address with what is said relative to it', async () => {
    const router = await routed()
    const link = mount(linkTo({ query: { look: 'wipe' } }), { global: { plugins: [router] } })
    await router.push('/prints/3')
    await nextTick()
    expect(link.attributes('href')).toBe('/prints/3?look=wipe')
  })

  it('goes there without loading the page, and leaves a modified click to the browser', async () => {
    const router = await routed()
    const push = vi.spyOn(router, 'push')
    const link = mount(linkTo({ name: 'print', params: { id: 7 } }), { global: { plugins: [router] } })
    await link.trigger('click', { ctrlKey: true })
    expect(push).not.toHaveBeenCalled()
    await link.trigger('click')
    expect(push).toHaveBeenCalledTimes(1)
  })
})
