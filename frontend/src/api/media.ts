/** Addresses of pictures that the page must name before any answer did; elsewhere the API gives them. */

export function imageAddress(imageId: number): string {
  return `/media/images/${imageId}/display/`
}

export function exampleAddress(slug: string): string {
  return `/media/examples/${encodeURIComponent(slug)}/display/`
}
