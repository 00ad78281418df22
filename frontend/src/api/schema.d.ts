/**
 * The shapes of the HTTP API, in the form openapi-typescript writes them; a first version by hand.
 * `npm run types` replaces it by the one generated from ../backend/openapi.yaml.
 */
export interface paths {
  '/api/v1/info/': Get<never, Schemas['Info']>
  '/api/v1/examples/': Get<never, Schemas['Example'][]>
  '/api/v1/facets/': Get<FilterParameters, Schemas['Facets']>
  '/api/v1/prints/': Get<
    FilterParameters & { page?: number; page_size?: number; order?: string },
    Schemas['PaginatedPrintListItemList']
  >
  '/api/v1/prints/{print_id}/': GetOne<never, Schemas['PrintDetail']>
  '/api/v1/prints/{print_id}/similar/': GetOne<{ limit?: number }, Schemas['Search']>
}

type Schemas = components['schemas']

interface FilterParameters {
  collection?: string[]
  institution?: number[]
  classification?: number[]
  technique?: number[]
  relation?: string[]
  person?: number[]
  year_from?: number
  year_to?: number
  include_undated?: boolean
  q?: string
}

interface Get<Query, Body> {
  parameters: { query?: Query; header?: never; path?: never; cookie?: never }
  get: {
    parameters: { query?: Query; header?: never; path?: never; cookie?: never }
    requestBody?: never
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'application/json': Body } }
    }
  }
}

interface GetOne<Query, Body> {
  parameters: { query?: Query; header?: never; path: { print_id: number }; cookie?: never }
  get: {
    parameters: { query?: Query; header?: never; path: { print_id: number }; cookie?: never }
    requestBody?: never
    responses: {
      200: { headers: { [name: string]: unknown }; content: { 'application/json': Body } }
    }
  }
}

export interface components {
  schemas: {
    Info: {
      descriptor: string | null
      weights_source: string | null
      index_version: string | null
      prints: number
      images: number
      features: number
      limits: { max_bytes: number; max_pixels: number; [name: string]: number }
    }
    PrintPerson: {
      id: number
      name: string
      birth_year: number | null
      death_year: number | null
      roles: string[]
    }
    Image: { id: number; readonly thumbnail_url: string; readonly image_url: string; width: number; height: number }
    Relation: { kind: string; text: string; print_id: number | null }
    Print: {
      id: number
      record_id: string
      inventory_number: string
      title: string
      people: Schemas['PrintPerson'][]
      date: string
      year_min: number | null
      year_max: number | null
      readonly classification: string
      readonly techniques: string[]
      readonly institution: string
      collection: string
      collection_name: string
      record_url: string
      licence: string
    }
    PrintListItem: Schemas['Print'] & { readonly image: Schemas['Image'] | null }
    PrintDetail: Schemas['Print'] & {
      readonly institution_isil: string
      images: Schemas['Image'][]
      relations: Schemas['Relation'][]
      readonly extra: { [name: string]: unknown }
    }
    PaginatedPrintListItemList: {
      count: number
      page: number
      pages: number
      page_size: number
      results: Schemas['PrintListItem'][]
    }
    Example: {
      slug: string
      title: string
      readonly thumbnail_url: string
      readonly image_url: string
      print_id: number | null
    }
    IdOption: { value: number; label: string; count: number }
    NameOption: { value: string; label: string; count: number }
    YearSpan: { first: number | null; last: number | null; undated: number }
    Facets: {
      total: number
      collection: Schemas['NameOption'][]
      institution: Schemas['IdOption'][]
      classification: Schemas['IdOption'][]
      technique: Schemas['IdOption'][]
      relation: Schemas['NameOption'][]
      person: Schemas['IdOption'][]
      years: Schemas['YearSpan']
    }
    Result: {
      rank: number
      score: number
      readonly verdict: string | null
      readonly match: { inliers: number; quad: number[][] } | null
      image: Schemas['Image']
      print: Schemas['Print']
    }
    Search: {
      id: string | null
      descriptor: string
      index_version: string | null
      verdict: string | null
      total: number
      query: { width: number; height: number }
      results: Schemas['Result'][]
      timings_ms: { [stage: string]: number }
    }
  }
}
