/** The names the page uses for the shapes of the generated schema. */
import type { components, operations } from './schema'

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
export type Match = Schemas['Match']
export type Notice = Schemas['Notice']
export type Result = Schemas['Result']
export type PrintOrder = Exclude<NonNullable<NonNullable<operations['prints_list']['parameters']['query']>['order']>, ''>
export type Suggestion = Schemas['Suggestion']
export type Search = Schemas['Answer']
export type Sheet = Schemas['Sheet']

/** One page of a list. */
export interface PageOf<T> {
  count: number
  page: number
  pages: number
  page_size: number
  results: T[]
}
