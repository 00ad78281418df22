/** The names the page uses for the shapes of the generated schema. */
import type { ComingMatch, ComingNotice, ComingResult, ComingSearch, ComingSheet } from './comingTypes'
import type { components } from './schema'

type Schemas = components['schemas']

export type Example = Schemas['Example']
export type Facets = Schemas['Facets']
export type Info = Schemas['Info']
export type Person = Schemas['PrintPerson']
export type Print = Schemas['Print']
export type PrintDetail = Schemas['PrintDetail']
export type PrintImage = Schemas['Image']
export type PrintListItem = Schemas['PrintListItem']
export type PrintPage = Schemas['PaginatedPrintListItemList']
export type Relation = Schemas['Relation']
export type Match = ComingMatch
export type Notice = ComingNotice
export type Result = ComingResult
export type Search = ComingSearch
export type Sheet = ComingSheet
