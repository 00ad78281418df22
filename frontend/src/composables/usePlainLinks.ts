import { START_LOCATION, useRouter, type RouteLocationRaw } from 'vue-router'

export interface PlainLinks {
  hrefOf: (to: RouteLocationRaw) => string
  /** Goes there without loading the page anew; what the browser does with a modified click is left to it. */
  follow: (event: MouseEvent, to: RouteLocationRaw) => void
}

/** Links as plain elements: lists have hundreds, and each RouterLink is a component of its own. */
export function usePlainLinks(): PlainLinks {
  const router = useRouter()

  function follow(event: MouseEvent, to: RouteLocationRaw): void {
    const { metaKey, ctrlKey, shiftKey, altKey, button, defaultPrevented } = event
    if (metaKey || ctrlKey || shiftKey || altKey || button !== 0 || defaultPrevented) return
    event.preventDefault()
    // What keeps a page from being shown is said where it is shown, as with a RouterLink.
    router.push(to).catch(() => undefined)
  }

  return { hrefOf: (to) => (isNamed(to) ? router.resolve(to, START_LOCATION) : router.resolve(to)).href, follow }
}

/** A place with a name is the same from everywhere: hundreds of links need not be made anew when the address changes. */
function isNamed(to: RouteLocationRaw): boolean {
  return typeof to === 'object' && 'name' in to
}
