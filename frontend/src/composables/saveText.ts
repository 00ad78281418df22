/** Hands a text to the browser as a file to keep. */
export function saveText(content: string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }))
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  // Not at once: the browser reads it after the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
