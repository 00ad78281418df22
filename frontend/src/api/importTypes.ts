/** The names the page uses for the shapes of an import: what curators bring, what is found in it, what became of it. */

export type ImportState =
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'abandoned'
  | 'running'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone'

/** `load` is a folder that `load_collection` read; it cannot be chosen here. */
export type ImportAction = 'load' | 'add_and_update' | 'add' | 'update' | 'replace' | 'delete'
export type Outcome = 'created' | 'changed' | 'unchanged' | 'missing' | 'removed' | 'skipped' | 'problem'
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

/** Where pictures come from; `zip` is uploaded by itself once the import exists. */
export type ImageSource =
  | { kind: 'none' | 'url' }
  | { kind: 'zip'; name?: string }
  | { kind: 'folder'; path: string }
  | { kind: 'iiif'; url: string }

/** How the table was read. For a spreadsheet there is a sheet and no encoding. */
export interface TableReading {
  encoding: string
  delimiter: string
  sheet: string
  sheets: string[]
  rows: number
}

export interface ImportColumn {
  header: string
  /** The field it is read as; '' leaves the column out, null keeps it with the record under its own name. */
  field: string | null
  samples: string[]
  /** The field that its name or the last import says. */
  suggested: string | null
}

export interface Job {
  id: number
  kind: string
  state: JobState
  done: number
  total: number
  message: string
  last_error: string
  rate: number | null
  seconds_left: number | null
}

/** `retryable` are pictures that could not be fetched and may be fetched later. */
export type ImportCounts = Partial<Record<Outcome | 'issues' | 'retryable', number>>

export interface ImportSummary {
  id: number
  state: ImportState
  action: ImportAction
  collection: string
  collection_name: string
  table_name: string
  counts: ImportCounts
  created_by: string
  started_at: string
  finished_at: string | null
  undone_at: string | null
}

export interface ImportDetail extends ImportSummary {
  image_source: ImageSource
  reading: TableReading
  columns: ImportColumn[]
  fields: string[]
  job: Job | null
  undoable: boolean
  message: string
}

export interface ImportRecord {
  position: number
  record_id: string
  outcome: Outcome
  title: string
  print_id: number | null
  difference: Record<string, [before: unknown, after: unknown]>
  applied: boolean
}

export interface ImportIssue {
  file: string
  row: number | null
  column: string
  value: string
  code: string
  reason: string
  accepted: string
  record_id: string
  left_out: boolean
  retryable: boolean
}

export interface PageOf<T> {
  count: number
  page: number
  pages: number
  page_size: number
  results: T[]
}

export interface IssuePage extends PageOf<ImportIssue> {
  /** How many issues there are of each code. */
  codes: Record<string, number>
}

export interface UndoConflict {
  record_id: string
  changed_at: string | null
  by: string
}

export interface UndoPreview {
  created: number
  changed: number
  removed: number
  conflicts: UndoConflict[]
}

export interface ServerFolder {
  path: string
  name: string
  pictures: number
}

export interface ServerFolders {
  path: string
  parent: string | null
  folders: ServerFolder[]
  pictures: number
}
