/**
 * Calls of the staff's API whose description is not generated yet, in the form of the generated schema, which goes
 * before these wherever it has the address.
 */
interface Json<T> {
  headers: Record<string, unknown>
  content: { 'application/json': T }
}

interface Nothing {
  headers: Record<string, unknown>
  content?: never
}

type Parameters<Path, Query> = { query?: Query; header?: never; cookie?: never } & ([Path] extends [never] ? { path?: never } : { path: Path })

interface Reading<Answer, Query = never, Path = never> {
  parameters: Parameters<Path, Query>
  requestBody?: never
  responses: { 200: Json<Answer> }
}

interface Writing<Answer, Body = never, Path = never> {
  parameters: Parameters<Path, never>
  requestBody?: [Body] extends [never] ? never : { content: { 'application/json': Body } }
  responses: [Answer] extends [never] ? { 204: Nothing } : { 200: Json<Answer> }
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

export interface AgreedPaths {
  '/api/v1/me/': { get: Reading<Me> }
  '/api/v1/session/': {
    post: Writing<Me, { username: string; password: string }>
    delete: Writing<never>
  }
}
