/** The lists around imports: the imports themselves, what one would change, its problems, folders of the server. */
import { toValue, type MaybeRefOrGetter } from 'vue'

import { getImportIssues, getImportRecords, getImports, getServerFolders, getUndoPreview, postImport, type NewImport } from '@/api/imports'
import type {
  ImportDetail,
  ImportIssue,
  ImportRecord,
  ImportSummary,
  IssuePage,
  Outcome,
  ServerFolders,
  UndoPreview,
} from '@/api/importTypes'
import type { PageOf } from '@/api/types'

import { usePages, type Pages } from './usePages'
import { useResource, type Resource } from './useResource'
import { useUpload, type Upload } from './useUpload'

export function useImports(): Pages<ImportSummary, PageOf<ImportSummary>> {
  return usePages(getImports)
}

/** Brings a table, once `make` has said into which collection; `onDone` is told of the import that came of it. */
export function useNewImport(onDone: (made: ImportDetail) => unknown): Upload<[make: () => Promise<NewImport>]> {
  return useUpload(async (sending, make) => onDone(await postImport(await make(), sending)))
}

export interface RecordFilter {
  outcome: Outcome
  q: string
}

export function useImportRecords(id: number, filter: () => RecordFilter): Pages<ImportRecord, PageOf<ImportRecord>> {
  return usePages(
    (page, signal) => getImportRecords(id, { outcome: filter().outcome, q: filter().q || undefined, page }, signal),
    () => JSON.stringify(filter()),
  )
}

/** The problems of one code; of all codes when it is ''. */
export function useImportIssues(id: number, code: MaybeRefOrGetter<string>): Pages<ImportIssue, IssuePage> {
  return usePages(
    (page, signal) => getImportIssues(id, { code: toValue(code) || undefined, page }, signal),
    () => toValue(code),
  )
}

export function useUndoPreview(id: number): Resource<UndoPreview> {
  return useResource((signal) => getUndoPreview(id, signal), { source: () => id })
}

export function useServerFolders(path: () => string): Resource<ServerFolders> {
  return useResource((signal) => getServerFolders(path(), signal), { source: path })
}
