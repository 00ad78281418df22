/** What there is in the collection under test, whichever is loaded. */
import type { APIRequestContext } from '@playwright/test'

import type { Upload } from './pictures'

export interface Print {
  id: number
  title: string
  people: { name: string }[]
  image: { id: number; image_url: string }
}

export async function firstPrint(request: APIRequestContext): Promise<Print> {
  const { results } = (await (await request.get('/api/v1/prints/?page_size=1')).json()) as { results: Print[] }
  if (!results[0]) throw new Error('The collection is empty.')
  return results[0]
}

/** The picture of the first print, as somebody would choose it. */
export async function picture(request: APIRequestContext, name = 'print.webp'): Promise<Upload> {
  const { image } = await firstPrint(request)
  return { name, mimeType: 'image/webp', buffer: await (await request.get(image.image_url)).body() }
}
