/** Imports: bringing a table, mapping its columns, looking at what it would change, loading and undoing it. */
import { dataOf, withTimeout } from './client'
import { untyped as client } from './untyped'
import { upload, type Sending } from './upload'
import type {
  ImageSource,
  ImportAction,
  ImportDetail,
  ImportRecord,
  ImportSummary,
  IssuePage,
  Outcome,
  PageOf,
  ServerFolders,
  UndoPreview,
} from './importTypes'

const ADDRESS = '/api/v1/imports/'

export interface NewImport {
  /** Left out for IIIF, whose records come from the manifest. */
  table: File | null
  collection: string
  action: ImportAction
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
export interface ImportChoices {
  mapping?: Record<string, string | null>
  action?: ImportAction
  image_source?: ImageSource
  encoding?: string
  delimiter?: string
  sheet?: string
}

export function patchImport(id: number, body: ImportChoices): Promise<ImportDetail> {
  const params = { path: { import_id: id } }
  return dataOf(client.PATCH('/api/v1/imports/{import_id}/', { params, body, signal: withTimeout() }))
}

export type ImportStep = 'check' | 'apply' | 'abandon' | 'undo' | 'retry-images'

/** Starts a step; what it does is followed by asking for the import again. */
export function postImportStep(id: number, step: ImportStep): Promise<ImportDetail> {
  const params = { path: { import_id: id } }
  return dataOf(client.POST(`/api/v1/imports/{import_id}/${step}/`, { params, signal: withTimeout() }))
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
