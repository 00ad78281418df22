import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { defineComponent, type Component } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'

import { i18n, useLanguage } from '@/plugins/i18n'
import { makeRouter } from '@/plugins/router'
import { makeVuetify } from '@/plugins/vuetify'

/** Mounts a component as the app does, at an address; `before` fills the stores that it finds. */
export async function mountAt(
  component: Component,
  { address = '/', props = {}, before }: { address?: string; props?: Record<string, unknown>; before?: () => void } = {},
): Promise<{ wrapper: VueWrapper; router: Router }> {
  await useLanguage('en')
  const pinia = createPinia()
  // The navigation guard asks for the session before anything is mounted.
  setActivePinia(pinia)
  before?.()
  const router = makeRouter(createMemoryHistory())
  await router.push(address)
  const wrapper = mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [pinia, i18n, makeVuetify(), router] },
  })
  return { wrapper, router }
}

/** Runs a composable as a component would, with the app's plugins and at an address. */
export async function withSetup<T>(setup: () => T, address = '/'): Promise<{ result: T; wrapper: VueWrapper; router: Router }> {
  let result: T | undefined
  const component = defineComponent({
    setup() {
      result = setup()
      return () => null
    },
  })
  return { ...(await mountAt(component, { address })), result: result as T }
}
