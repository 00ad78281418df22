import { createRouter, createWebHistory, type RouteLocationNormalized, type RouterHistory } from 'vue-router'

import { i18n } from './i18n'

declare module 'vue-router' {
  interface RouteMeta {
    /** The text that names the page in the title of the window. */
    title?: 'titles.search' | 'titles.prints' | 'titles.print' | 'titles.about' | 'titles.notFound'
  }
}

const routes = [
  { path: '/', name: 'search', component: () => import('@/pages/SearchPage.vue'), meta: { title: 'titles.search' } },
  { path: '/prints', name: 'prints', component: () => import('@/pages/PrintsPage.vue'), meta: { title: 'titles.prints' } },
  {
    path: '/prints/:id(\\d+)',
    name: 'print',
    component: () => import('@/pages/PrintPage.vue'),
    props: (route: RouteLocationNormalized) => ({ id: Number(route.params.id) }),
    meta: { title: 'titles.print' },
  },
  { path: '/about', name: 'about', component: () => import('@/pages/AboutPage.vue'), meta: { title: 'titles.about' } },
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
    scrollBehavior: (to, from, saved) => (isSameView(to, from) ? undefined : (saved ?? { top: 0 })),
  })
  router.afterEach((to, from) => {
    nameWindow(to)
    if (from.matched.length > 0 && to.path !== from.path) focusPage()
  })
  return router
}

// Filters change what a page lists; the evidence of a result takes the place of the list.
function isSameView(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  return to.path === from.path && to.query.evidence === from.query.evidence
}

/** The title of the window, in the language of the page. */
export function nameWindow(route: RouteLocationNormalized): void {
  document.title = `${i18n.global.t(route.meta.title ?? 'titles.search')} · Recto`
}

// A screen reader hears nothing of a change of route; the focus tells it, and the keyboard starts at the top.
function focusPage(): void {
  document.getElementById('page')?.focus({ preventScroll: true })
}
