/** The names the page uses for the shapes of accounts, jobs, the index and the audit trail. */
import type { components } from './schema'

type Schemas = components['schemas']

export type ImageGroup = Schemas['Group']
export type GroupState = Schemas['GroupStateEnum']
export type KnnModel = Schemas['KnnModel']
export type Road = Schemas['RoadEnum']

/** One page of a list. */
export interface PageOf<T> {
  count: number
  page: number
  pages: number
  page_size: number
  results: T[]
}

export interface User {
  id: number
  username: string
  name: string
  is_administrator: boolean
}

export type Role = 'viewer' | 'curator'

export interface May {
  import: boolean
  edit: boolean
  see_jobs: boolean
  see_index: boolean
  administer: boolean
}

export interface Me {
  user: User | null
  collections: { slug: string; name: string; role: Role }[]
  may: May
}

export interface Token {
  id: number
  name: string
  created_at: string
  expires_at: string | null
  last_used_at: string | null
}

/** The text is given this one time. */
export interface NewToken extends Token {
  token: string
}

export type Visibility = 'public' | 'staff' | 'private'

export interface Collection {
  slug: string
  name: string
  print_count: number
  visibility: Visibility
  role: Role | ''
}

export interface Member {
  username: string
  name: string
  role: Role
}

export interface AuditEntry {
  id: number
  at: string
  /** Empty for commands of the operator. */
  user: string
  action: string
  /** A slug; empty where it concerns none. */
  collection: string
  target: string
  detail: Record<string, unknown>
  /** For administrators; else empty. */
  address: string
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Job {
  id: number
  kind: string
  title: string
  state: JobState
  done: number
  total: number
  /** Of what `done` counts, a second; null while it is not known. */
  rate: number | null
  seconds_left: number | null
  message: string
  last_error: string
  requested_by: string
  collection: string
  /** How many things it left out, with the reason of each behind `import_id` where it belongs to an import. */
  left_out: number
  import_id: number | null
  created_at: string
  started_at: string | null
  finished_at: string | null
}

/** Whether what can be found is what is in the database, of one of the two roads. */
export interface IndexRoad {
  road: Road
  /** Of the vectors, or the codec of the local features. */
  descriptor: string | null
  version: string | null
  features: number
  entries: number
  left_out: number
  changes: number
}

export interface IndexState {
  records: number
  images: number
  weights_source: string | null
  extractor_ready: boolean
  roads: IndexRoad[]
  agree: boolean
  differences: string[]
  models: KnnModel[]
  last_check: Job | null
  last_compaction: Job | null
}

/** A share of queries, with the 95 % interval of Wilson. */
export interface Share {
  hits: number
  of: number
  value: number | null
  low: number
  high: number
}

export interface EvaluationFigures {
  queries: number
  kinds: { kind: string; queries: number; roads: Record<string, { recall: Record<string, Share>; map: number | null }> }[]
}
