/** The names the page uses for the shapes of accounts, jobs, the index and the audit trail. */
import type { components } from './schema'

type Schemas = components['schemas']

export type AuditEntry = Schemas['AuditEntry']
export type Collection = Schemas['Collection']
export type FeatureProblem = Schemas['Problem']
export type GroupState = Schemas['GroupStateEnum']
export type ImageGroup = Schemas['Group']
export type IndexState = Schemas['IndexState']
export type Job = Schemas['Job']
export type JobState = Schemas['JobStateEnum']
export type KnnModel = Schemas['KnnModel']
export type May = Schemas['May']
export type Me = Schemas['Me']
export type Member = Schemas['CollectionMember']
export type NewToken = Schemas['NewToken']
export type Road = Schemas['RoadEnum']
export type RoadState = Schemas['RoadState']
export type Role = Schemas['RoleEnum']
export type Token = Schemas['Token']
export type User = Schemas['User']
export type Visibility = Schemas['VisibilityEnum']

/** A share of queries, with the 95 % interval of Wilson. */
export interface Share {
  hits: number
  of: number
  value: number | null
  low: number
  high: number
}

/** What the page shows of the figures, which the schema leaves open: for each kind of picture, by road. */
export interface EvaluationFigures {
  queries: number
  kinds: { kind: string; queries: number; roads: Record<string, { recall: Record<string, Share>; map: number | null }> }[]
}

export interface Evaluation extends Omit<Schemas['Evaluation'], 'figures'> {
  figures: EvaluationFigures
}
