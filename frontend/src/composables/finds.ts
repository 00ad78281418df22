/** What a search found for certain: the results whose match was verified, and where in the picture they are. */
import type { Match, Result } from '@/api/types'
import { groupedByPlace } from '@/geometry/overlap'
import { quadOf, WHOLE, type Quad } from '@/geometry/points'

export const VERDICTS = ['same_image', 'shared_detail', 'similar', 'not_found'] as const
export type Verdict = (typeof VERDICTS)[number]

/** A result with its match, and the two outlines of it. */
export interface Find {
  result: Result
  match: Match
  /** In the query picture. */
  quad: Quad
  /** In the record: the part of it that the query shows. */
  recordQuad: Quad
}

/** One place of the query picture, and what was found there, the best first. */
export interface Place {
  number: number
  quad: Quad
  finds: Find[]
}

/** Null for a verdict that this page does not know, or none. */
export function verdictOf(text: string | null | undefined): Verdict | null {
  return VERDICTS.find((verdict) => verdict === text) ?? null
}

export function findOf(result: Result): Find | null {
  const quad = quadOf(result.match?.quad)
  if (result.match === null || quad === null) return null
  return { result, match: result.match, quad, recordQuad: quadOf(result.match.record_quad) ?? WHOLE }
}

export function findsOf(results: readonly Result[]): Find[] {
  return results.flatMap((result) => findOf(result) ?? [])
}

/** Several works in one photograph are several places; prints of one image lie on one. */
export function placesOf(finds: readonly Find[]): Place[] {
  return groupedByPlace(finds, (find) => find.quad).map((group, index) => ({
    number: index + 1,
    quad: (group[0] as Find).quad,
    finds: group,
  }))
}
