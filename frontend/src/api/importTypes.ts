/** The names the page uses for the shapes of an import: what curators bring, what is found in it, what became of it. */
import type { components } from './schema'

type Schemas = components['schemas']

export type ImportState = Schemas['ImportStateEnum']
/** `load` is a folder that `load_collection` read; it cannot be chosen here. */
export type ImportAction = Schemas['ImportActionEnum']
export type ChosenAction = Schemas['ChosenImportActionEnum']
export type ImportChoices = Schemas['PatchedImportChoicesRequest']
export type ImportColumn = Schemas['ImportColumn']
export type ImportCounts = Schemas['ImportCounts']
export type ImportDetail = Schemas['ImportDetail']
export type ImportIssue = Schemas['ImportIssue']
export type ImportRecord = Schemas['ImportRecord']
export type ImportSummary = Schemas['ImportSummary']
export type ImageSource = Schemas['ImageSource']
export type IssuePage = Schemas['PaginatedImportIssueList']
export type Mapping = Record<string, string | null>
export type Outcome = Schemas['OutcomeEnum']
export type ServerFolders = Schemas['FolderList']
export type TableReading = Schemas['TableReading']
export type UndoPreview = Schemas['UndoPreview']
