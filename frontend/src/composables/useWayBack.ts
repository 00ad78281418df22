import { useRouter, type RouteLocationRaw } from 'vue-router'

import { subjectOf } from './useSubject'

/** Where the visitor came from within this page: the results, the collection, or nowhere (a link from outside). */
export function useWayBack(): { wayBack: 'results' | 'prints' | null; goBack: () => void } {
  const router = useRouter()
  const previous: unknown = window.history.state?.back
  const address = typeof previous === 'string' ? router.resolve(previous) : null
  const wayBack = address?.name === 'prints' ? 'prints' : address?.name === 'search' && subjectOf(address.query) !== null ? 'results' : null
  return { wayBack, goBack: () => router.back() }
}

/** Goes to an address of this page: back, where the visitor came from there, so that it is where it was scrolled to. */
export function useWayTo(): (address: RouteLocationRaw) => void {
  const router = useRouter()
  return (address) => {
    if (window.history.state?.back === router.resolve(address).fullPath) router.back()
    else void router.push(address)
  }
}
