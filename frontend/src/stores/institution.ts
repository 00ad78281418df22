import { defineStore } from 'pinia'

import type { Info } from '@/api/types'

export type Institution = Info['institution']

const NOBODY: Institution = { name: '', url: '', logo_url: null, colour: null }

/** Who runs this Recto: the server writes it into the page, so that it is there with the first paint. */
export const useInstitutionStore = defineStore('institution', () => ({ institution: readInstitution(document) }))

export function readInstitution(page: Document): Institution {
  const written = page.querySelector<HTMLMetaElement>('meta[name="recto:institution"]')?.content
  return written ? (JSON.parse(written) as Institution) : NOBODY
}
