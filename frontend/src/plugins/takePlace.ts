/** What index.html shows at first, and when the page itself takes its place. */

/** The page's code may come slowly: then a header that answers is better than words alone. */
const LATEST_MS = 4000

/**
 * Puts the page where the first words are: at once where those say nothing that the page does not say yet, else when
 * it has a heading as well, since the code of an address's page may be a request of its own.
 */
export function takePlace(first: HTMLElement | null, page: HTMLElement): void {
  const take = (): void => {
    watching.disconnect()
    clearTimeout(timer)
    first?.replaceWith(page)
    page.id = 'app'
  }
  const watching = new MutationObserver(() => page.querySelector('h1') && take())
  const timer = setTimeout(take, LATEST_MS)
  if (!first?.querySelector('h1') || page.querySelector('h1')) take()
  else watching.observe(page, { childList: true, subtree: true })
}
