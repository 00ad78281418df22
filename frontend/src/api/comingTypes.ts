/** What the answer of a search gains with verification; goes when the generated schema has it. */
import type { components } from './schema'

type Schemas = components['schemas']

export interface ComingMatch {
  inliers: number
  quad: number[][]
  record_quad: number[][]
  mirrored: boolean
  points: number[][]
  query_image_id: number | null
}

export interface ComingSheet {
  quad: number[][]
  source: string
}

export interface ComingNotice {
  code: string
  message: string
}

export type ComingResult = Omit<Schemas['Result'], 'match'> & { similarity: number | null; match: ComingMatch | null }

export type ComingSearch = Omit<Schemas['Answer'], 'query' | 'results'> & {
  query: Schemas['QuerySize'] & { sheet: ComingSheet | null }
  results: ComingResult[]
  notices: ComingNotice[]
}
