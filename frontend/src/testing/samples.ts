/** Records in the shapes of the API's schema: a change of the schema that breaks them breaks the type check. */
import type { Kept } from '@/api/kept'
import type { Example, Facets, Info, Match, PageOf, PrintDetail, PrintListItem, PrintPage, Result, Search } from '@/api/types'

export function info(part: Partial<Info> = {}): Info {
  return {
    version: '0.1.0',
    extractor_ready: true,
    descriptor: 'recto-compact-gem-192@1a2b3c4d',
    weights_source: 'shipped with Recto',
    index_version: '7',
    local: { codec: 'rootsift-ivf2048-pq16@5e6f7a8b', index_version: '8', features: 650 },
    prints: 648,
    images: 650,
    features: 649,
    limits: { max_bytes: 30_000_000, max_pixels: 50_000_000, types: ['image/jpeg', 'image/png'] },
    updated_at: '2026-11-20T14:05:00Z',
    keep_days: 30,
    search_by_url: true,
    institution: { name: '', url: '', logo_url: null, colour: null },
    ...part,
  }
}

export function anImage(id = 17) {
  return { id, thumbnail_url: `/media/images/${id}/thumbnail/`, image_url: `/media/images/${id}/display/`, width: 800, height: 1000 }
}

export function aPrint(part: Partial<PrintDetail> = {}): PrintDetail {
  return {
    id: 12,
    record_id: '14943',
    inventory_number: '1916.0047.1',
    title: 'La Paresse',
    people: [{ id: 3, name: 'Vallotton, Félix', birth_year: 1865, death_year: 1925, roles: ['Künstler'] }],
    date: '1896',
    year_min: 1896,
    year_max: 1896,
    classification: 'Druckgraphik',
    techniques: ['Holzschnitt'],
    institution: 'Graphische Sammlung ETH Zürich',
    institution_isil: 'CH-000511-9',
    collection: 'prints',
    collection_name: 'Prints',
    record_url: 'https://example.org/14943',
    licence: 'Public Domain Mark 1.0',
    licence_url: 'http://creativecommons.org/publicdomain/mark/1.0/',
    images: [anImage()],
    relations: [{ kind: 'dublette', text: '1916.0047.2', print_id: 13 }],
    hidden: false,
    extra: {},
    ...part,
  }
}

export function aListItem(part: Partial<PrintListItem> = {}): PrintListItem {
  return { ...aPrint(), image: anImage(), ...part }
}

/** One page of a list; the only one unless its parts say otherwise. */
export function aPageOf<T>(results: T[], part: Partial<PageOf<T>> = {}): PageOf<T> {
  return { count: results.length, page: 1, pages: 1, page_size: 60, results, ...part }
}

export function aPage(prints: PrintListItem[] = [aListItem()], count = prints.length): PrintPage {
  return aPageOf(prints, { count })
}

export function aResult(part: Partial<Result> = {}): Result {
  return { rank: 1, score: 0.934, similarity: 0.934, verdict: null, match: null, image: anImage(), print: aPrint(), ...part }
}

/** A match of the whole record with the left half of the query. */
export function aMatch(part: Partial<Match> = {}): Match {
  return {
    inliers: 87,
    quad: [[0.05, 0.1], [0.45, 0.12], [0.44, 0.9], [0.06, 0.88]],
    record_quad: [[0, 0], [1, 0], [1, 1], [0, 1]],
    mirrored: false,
    points: [
      [0.1, 0.2, 0.12, 0.1],
      [0.4, 0.8, 0.9, 0.88],
    ],
    query_image_id: null,
    ...part,
  }
}

/** A result that was verified. */
export function aFind(part: Partial<Result> = {}): Result {
  return aResult({ verdict: 'same_image', match: aMatch(), ...part })
}

/** As its keeper is told of it. */
export function aKept(part: Partial<Kept> = {}): Kept {
  return {
    id: 'abc',
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    delete_key: 'secret',
    may_delete: true,
    kind: 'photo',
    image_id: null,
    example: null,
    picture_url: '/api/v1/searches/abc/picture/',
    framing: { crop: null, quad: null, rotate: 0, mirror: false },
    filters: {},
    ...part,
  }
}

export function anAnswer(results: Result[] = [aResult()], part: Partial<Search> = {}): Search {
  return {
    id: null,
    kept: null,
    descriptor: 'recto-compact-gem-192@1a2b3c4d',
    index_version: '7',
    local_index_version: '8',
    verdict: null,
    total: 648,
    query: { width: 1200, height: 900, sheet: null },
    results,
    notices: [],
    timings_ms: { decode: 12, sheet: 9, features: 180, local: 60, vote: 20, knn: 2, verify: 40, metadata: 4, total: 250 },
    ...part,
  }
}

export function anExample(part: Partial<Example> = {}): Example {
  return {
    slug: 'paresse',
    title: 'A photograph of La Paresse',
    thumbnail_url: '/media/examples/paresse/thumbnail/',
    image_url: '/media/examples/paresse/display/',
    print_id: 12,
    ...part,
  }
}

export function facets(part: Partial<Facets> = {}): Facets {
  return {
    total: 648,
    collection: [{ value: 'prints', label: 'Prints', count: 648 }],
    institution: [{ value: 1, label: 'Graphische Sammlung ETH Zürich', count: 648 }],
    classification: [{ value: 1, label: 'Druckgraphik', count: 648 }],
    technique: [
      { value: 4, label: 'Holzschnitt', count: 500 },
      { value: 5, label: 'Radierung', count: 148 },
      { value: 6, label: 'Lithographie', count: 0 },
    ],
    relation: [],
    person: [{ value: 3, label: 'Vallotton, Félix', count: 20 }],
    years: {
      first: 1538,
      last: 1899,
      undated: 3,
      bins: [
        { from: 1500, to: 1599, count: 40 },
        { from: 1600, to: 1699, count: 0 },
        { from: 1700, to: 1799, count: 8 },
        { from: 1800, to: 1899, count: 600 },
      ],
    },
    ...part,
  }
}
