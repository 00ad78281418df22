/** What the image service says of a scan: its size, and the tiles it can be had in. */
import { dataOf, withTimeout } from './client'
import { imageServiceAddress } from './media'

export interface ImageService {
  '@context': string
  id: string
  width: number
  height: number
  [name: string]: unknown
}

export async function getImageService(imageId: number, signal?: AbortSignal): Promise<ImageService> {
  const address = imageServiceAddress(imageId)
  const service = await dataOf<ImageService>(ask(`${address}/info.json`, withTimeout(signal)))
  // It calls itself by the address the public has for it: its tiles are fetched from here, where this page is from.
  return { ...service, id: address }
}

async function ask(address: string, signal: AbortSignal): Promise<{ data?: ImageService; error?: unknown; response: Response }> {
  const response = await fetch(address, { signal, credentials: 'same-origin', headers: { Accept: 'application/ld+json' } })
  const content: unknown = await response.json().catch(() => undefined)
  return response.ok ? { data: content as ImageService, response } : { error: content, response }
}
