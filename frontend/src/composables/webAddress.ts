/** Written by whoever made the table or the form: only an address of the web becomes a link, or is fetched. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text)
}
