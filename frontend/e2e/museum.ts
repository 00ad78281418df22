/** A museum's server for the tests: IIIF manifests and pictures, which it can withhold and hold back. */
import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'

import { PRINTS, printsTable } from './staff'

/** Where the museum shall listen, on an address of this machine; the Recto under test has to be allowed to ask it. */
export const MUSEUM = process.env.RECTO_E2E_MUSEUM ?? ''

/** Names of real pictures, in the order of the prints' table. */
export function pictureNames(): string[] {
  return printsTable()
    .slice(1)
    .map((line) => line.split(',')[1] ?? '')
}

export class Museum {
  /** Paths that are answered with 404. */
  readonly missing = new Set<string>()
  /** Every path that was asked for. */
  readonly asked: string[] = []
  private readonly documents = new Map<string, unknown>()
  private readonly waiting: (() => void)[] = []
  private held: RegExp | null = null
  private readonly server: Server = createServer((request, response) => this.answer(request.url ?? '/', response))

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      const { hostname, port } = new URL(MUSEUM)
      this.server.listen(Number(port), hostname, resolve)
    })
  }

  async close(): Promise<void> {
    this.release()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  picture(name: string): string {
    return `${MUSEUM}/pictures/${name}`
  }

  /** Serves a manifest of these pictures; its address. */
  exhibit(version: 2 | 3, pictures: string[]): string {
    const path = `/manifest-${version}.json`
    const id = `${MUSEUM}${path}`
    this.documents.set(path, version === 3 ? manifest3(id, pictures.map((name) => this.picture(name))) : manifest2(id, pictures.map((name) => this.picture(name))))
    return id
  }

  /** From now on answers to these paths wait for `release`. */
  hold(paths: RegExp): void {
    this.held = paths
  }

  release(): void {
    this.held = null
    for (const go of this.waiting.splice(0)) go()
  }

  private answer(path: string, response: ServerResponse): void {
    this.asked.push(path)
    if (this.held?.test(path)) this.waiting.push(() => this.send(path, response))
    else this.send(path, response)
  }

  private send(path: string, response: ServerResponse): void {
    const document = this.documents.get(path)
    if (this.missing.has(path) || (!document && !path.startsWith('/pictures/'))) response.writeHead(404).end()
    else if (document) response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(document))
    else response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(readFileSync(join(PRINTS, 'images', path.slice('/pictures/'.length))))
  }
}

function manifest3(id: string, images: string[]): unknown {
  const items = images.map((image, index) => ({
    id: `${id}/canvas/${index + 1}`,
    type: 'Canvas',
    label: { none: [`Plate ${index + 1}`] },
    items: [{ type: 'AnnotationPage', items: [{ type: 'Annotation', motivation: 'painting', body: { id: image, type: 'Image' } }] }],
  }))
  const metadata = [{ label: { en: ['Artist'] }, value: { en: ['Gustave Doré'] } }]
  return { '@context': 'http://iiif.io/api/presentation/3/context.json', id, type: 'Manifest', label: { en: ['Don Quixote'] }, metadata, items }
}

function manifest2(id: string, images: string[]): unknown {
  const canvases = images.map((image, index) => ({
    '@id': `${id}/canvas/${index + 1}`,
    '@type': 'sc:Canvas',
    label: `Plate ${index + 1}`,
    images: [{ '@type': 'oa:Annotation', motivation: 'sc:painting', resource: { '@id': image, '@type': 'dctypes:Image' } }],
  }))
  const metadata = [{ label: 'Artist', value: 'Gustave Doré' }]
  return { '@context': 'http://iiif.io/api/presentation/2/context.json', '@id': id, '@type': 'sc:Manifest', label: 'Don Quixote', metadata, sequences: [{ canvases }] }
}
