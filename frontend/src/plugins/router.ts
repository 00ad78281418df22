import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteLocationRaw, type RouterHistory } from 'vue-router'

import SearchPage from '@/pages/SearchPage.vue'
import { useInstitutionStore } from '@/stores/institution'
import { useSessionStore, type Need } from '@/stores/session'

import { i18n, type Texts } from './i18n'

declare module 'vue-router' {
  interface RouteMeta {
    /** The text that names the page in the title of the window. */
    title?: `titles.${keyof Texts['titles']}`
    /** The right that the page asks for; who has it not is led to the sign-in page. */
    needs?: Need
  }
}

/** Whether this is the search box that other sites show in a frame: without header and footer, and nothing but it. */
export const isEmbedded = /^\/embed\/?$/.test(location.pathname)

const routes = [
  { path: '/', name: 'search', component: SearchPage, meta: { title: 'titles.search' } },
  { path: '/prints', name: 'prints', component: () => import('@/pages/PrintsPage.vue'), meta: { title: 'titles.prints' } },
  {
    path: '/prints/:id(\\d+)',
    name: 'print',
    component: () => import('@/pages/PrintPage.vue'),
    props: (route: RouteLocationNormalized) => ({ id: Number(route.params.id) }),
    meta: { title: 'titles.print' },
  },
  {
    path: '/prints/new',
    name: 'new-print',
    component: () => import('@/pages/NewPrintPage.vue'),
    props: (route: RouteLocationNormalized) => ({ collection: String(route.query.collection ?? '') }),
    meta: { title: 'titles.newPrint', needs: 'edit' },
  },
  { path: '/queue', name: 'queue', component: () => import('@/pages/QueuePage.vue'), meta: { title: 'titles.queue' } },
  { path: '/embed', name: 'embed', component: () => import('@/pages/EmbedPage.vue'), meta: { title: 'titles.search' } },
  { path: '/about', name: 'about', component: () => import('@/pages/AboutPage.vue'), meta: { title: 'titles.about' } },
  { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/SignInPage.vue'), meta: { title: 'titles.signIn' } },
  {
    path: '/account',
    name: 'account',
    component: () => import('@/pages/AccountPage.vue'),
    meta: { title: 'titles.account', needs: 'account' },
  },
  { path: '/imports', name: 'imports', component: () => import('@/pages/ImportsPage.vue'), meta: { title: 'titles.imports', needs: 'import' } },
  {
    path: '/imports/:id(\\d+)',
    name: 'import',
    component: () => import('@/pages/ImportPage.vue'),
    props: (route: RouteLocationNormalized) => ({ id: Number(route.params.id) }),
    meta: { title: 'titles.import', needs: 'import' },
  },
  {
    path: '/collections',
    name: 'collections',
    component: () => import('@/pages/CollectionsPage.vue'),
    meta: { title: 'titles.collections', needs: 'edit' },
  },
  {
    path: '/image-groups',
    name: 'image-groups',
    component: () => import('@/pages/ImageGroupsPage.vue'),
    meta: { title: 'titles.imageGroups', needs: 'edit' },
  },
  { path: '/jobs', name: 'jobs', component: () => import('@/pages/JobsPage.vue'), meta: { title: 'titles.jobs', needs: 'see_jobs' } },
  { path: '/index', name: 'index', component: () => import('@/pages/IndexPage.vue'), meta: { title: 'titles.index', needs: 'see_index' } },
  { path: '/audit', name: 'audit', component: () => import('@/pages/AuditPage.vue'), meta: { title: 'titles.audit', needs: 'edit' } },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('@/pages/NotFoundPage.vue'),
    meta: { title: 'titles.notFound' },
  },
] as const

export function makeRouter(history: RouterHistory = createWebHistory()) {
  const router = createRouter({
    history,
    routes: [...routes],
    scrollBehavior: (to, from, saved) => (isSameView(to, from) ? undefined : saved ? whenReached(saved) : { top: 0 }),
  })
  // No other page of Recto may be in a frame; a change of route would get around the server's word.
  if (isEmbedded) router.beforeEach((to) => to.name === 'embed')
  router.beforeEach(wayToSignIn)
  router.afterEach((to, from) => {
    nameWindow(to)
    if (from.matched.length > 0 && to.path !== from.path) focusPage()
  })
  return router
}

/** Leads to the sign-in page and back, where the user may not see the page. */
async function wayToSignIn(to: RouteLocationNormalized): Promise<RouteLocationRaw | undefined> {
  const { needs } = to.meta
  if (needs === undefined) return undefined
  const session = useSessionStore()
  try {
    await session.know()
  } catch {
    // The server is away: the page says so, with a button to try again.
    return undefined
  }
  return session.may(needs) ? undefined : { name: 'sign-in', query: { next: to.fullPath } }
}

const PATIENCE_MS = 3000

/** Where the visitor was, once the page reaches so far: lists come a moment after their page. */
function whenReached<T extends { top: number }>(saved: T): Promise<T | false> {
  const [until, entry] = [performance.now() + PATIENCE_MS, historyEntry()]
  return new Promise((resolve) => {
    function look(): void {
      if (historyEntry() !== entry) resolve(false)
      else if (document.documentElement.scrollHeight >= saved.top + window.innerHeight || performance.now() > until) resolve(saved)
      else requestAnimationFrame(look)
    }
    look()
  })
}

function historyEntry(): unknown {
  return window.history.state?.position
}

// Filters change what a page lists; the evidence of a result takes the place of the list.
function isSameView(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  return to.path === from.path && to.query.evidence === from.query.evidence
}

/** The title of the window, in the language of the page. */
export function nameWindow(route: RouteLocationNormalized): void {
  const { name } = useInstitutionStore().institution
  document.title = `${i18n.global.t(route.meta.title ?? 'titles.search')} · ${name || 'Recto'}`
}

// A screen reader hears nothing of a change of route; the focus tells it, and the keyboard starts at the top.
function focusPage(): void {
  document.getElementById('page')?.focus({ preventScroll: true })
}
