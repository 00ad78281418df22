/** Imports: bringing a table, mapping its columns, looking at what it would change, loading and undoing it. */
import { client, dataOf, withTimeout } from './client'
import { upload, type Sending } from './upload'
import type {
  ImageSource,
  ImportChoices,
  ChosenAction,
  ImportDetail,
  ImportRecord,
  ImportSummary,
  IssuePage,
  Outcome,
  ServerFolders,
  UndoPreview,
} from './importTypes'
import type { PageOf } from './types'

const ADDRESS = '/api/v1/imports/'

export interface NewImport {
  /** Left out for IIIF, whose records come from the manifest. */
  table: File | null
  collection: string
  action: ChosenAction
  imageSource: ImageSource
}

export function postImport(wanted: NewImport, sending: Sending = {}): Promise<ImportDetail> {
  return upload({ address: ADDRESS, form: importForm(wanted), ...sending })
}

export function importForm({ table, collection, action, imageSource }: NewImport): FormData {
  const form = new FormData()
  if (table) form.append('table', table, table.name)
  form.append('collection', collection)
  form.append('action', action)
  form.append('image_source', JSON.stringify(imageSource))
  return form
}

/** The pictures of an import whose source is a ZIP. */
export function postImportImages(id: number, zip: File, sending: Sending = {}): Promise<ImportDetail> {
  const form = new FormData()
  form.append('zip', zip, zip.name)
  return upload({ address: `${ADDRESS}${id}/images/`, form, ...sending })
}

export function getImports(page: number, signal?: AbortSignal): Promise<PageOf<ImportSummary>> {
  return dataOf(client.GET('/api/v1/imports/', { params: { query: { page } }, signal: withTimeout(signal) }))
}

export function getImport(id: number, signal?: AbortSignal): Promise<ImportDetail> {
  return dataOf(client.GET('/api/v1/imports/{import_id}/', { params: { path: { import_id: id } }, signal: withTimeout(signal) }))
}

/** What a curator decides before the check; what is left out stays as it is. */
export function patchImport(id: number, body: ImportChoices): Promise<ImportDetail> {
  const params = { path: { import_id: id } }
  return dataOf(client.PATCH('/api/v1/imports/{import_id}/', { params, body, signal: withTimeout() }))
}

const STEPS = {
  check: '/api/v1/imports/{import_id}/check/',
  apply: '/api/v1/imports/{import_id}/apply/',
  abandon: '/api/v1/imports/{import_id}/abandon/',
  'retry-images': '/api/v1/imports/{import_id}/retry-images/',
} as const
export type ImportStep = keyof typeof STEPS

/** Takes a step; what it does is followed by asking for the import again. */
export function postImportStep(id: number, step: ImportStep): Promise<ImportDetail> {
  const params = { path: { import_id: id } }
  return dataOf(client.POST(STEPS[step], { params, signal: withTimeout() }))
}

/** Takes an import back. With `rest`, records that something later changed are left as they are; else it is refused. */
export function postUndo(id: number, rest: boolean): Promise<ImportDetail> {
  const params = { path: { import_id: id } }
  return dataOf(client.POST('/api/v1/imports/{import_id}/undo/', { params, body: { rest }, signal: withTimeout() }))
}

/** What undoing would do, and the records that something later changed. */
export function getUndoPreview(id: number, signal?: AbortSignal): Promise<UndoPreview> {
  return dataOf(client.GET('/api/v1/imports/{import_id}/undo/', { params: { path: { import_id: id } }, signal: withTimeout(signal) }))
}

export interface RecordsWanted {
  outcome?: Outcome
  q?: string
  page: number
}

export function getImportRecords(id: number, query: RecordsWanted, signal?: AbortSignal): Promise<PageOf<ImportRecord>> {
  const params = { path: { import_id: id }, query }
  return dataOf(client.GET('/api/v1/imports/{import_id}/records/', { params, signal: withTimeout(signal) }))
}

export interface IssuesWanted {
  code?: string
  page: number
}

export function getImportIssues(id: number, query: IssuesWanted, signal?: AbortSignal): Promise<IssuePage> {
  const params = { path: { import_id: id }, query }
  return dataOf(client.GET('/api/v1/imports/{import_id}/issues/', { params, signal: withTimeout(signal) }))
}

/** Folders with pictures on the server, below the roots that its operator allowed. */
export function getServerFolders(path: string, signal?: AbortSignal): Promise<ServerFolders> {
  return dataOf(client.GET('/api/v1/imports/folders/', { params: { query: { path } }, signal: withTimeout(signal) }))
}

/** All problems as a CSV: the file's own columns plus the reason. */
export function issuesAddress(id: number): string {
  return `${ADDRESS}${id}/issues/export/`
}

export function templateAddress(as: 'csv' | 'xlsx'): string {
  return `${ADDRESS}template/?as=${as}`
}

export function exportAddress(collection: string, as: 'csv' | 'xlsx'): string {
  return `/api/v1/collections/${encodeURIComponent(collection)}/export/?as=${as}`
}
