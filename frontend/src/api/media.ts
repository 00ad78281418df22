/** Addresses of pictures that the page must name before any answer did; elsewhere the API gives them. */

export function imageAddress(imageId: number): string {
  return `/media/images/${imageId}/display/`
}

export function exampleAddress(slug: string): string {
  return `/media/examples/${encodeURIComponent(slug)}/display/`
}

/** What a kept search was made with. */
export function keptAddress(id: string): string {
  return `/api/v1/searches/${encodeURIComponent(id)}/picture/`
}

/** Where the image service of IIIF answers for a picture. */
export function imageServiceAddress(imageId: number): string {
  return `/iiif/image/3/${imageId}`
}

export function manifestAddress(printId: number): string {
  return `/iiif/presentation/3/prints/${printId}/manifest.json`
}
