/** Jobs, the index, collections and the audit trail, in the shapes of the API. */
import type { AuditEntry, Collection, ImageGroup, IndexState, Job, KnnModel, Token } from '@/api/staffTypes'

import { anImage, aPrint } from './samples'

export function aJob(part: Partial<Job> = {}): Job {
  return {
    id: 31,
    kind: 'extract_features',
    title: 'Describe new pictures',
    state: 'running',
    done: 250,
    total: 1000,
    rate: 12.34,
    seconds_left: 61,
    message: '',
    message_said: {},
    last_error: '',
    error_said: {},
    requested_by: 'clara',
    collection: 'prints',
    left_out: 0,
    import_id: null,
    created_at: '2026-11-20T09:00:00Z',
    started_at: '2026-11-20T09:00:05Z',
    finished_at: null,
    ...part,
  }
}

export function aModel(part: Partial<KnnModel> = {}): KnnModel {
  return {
    id: 7,
    version: '20261120-a',
    road: 'global',
    descriptor: 'recto-compact-gem-192@1a2b3c4d',
    state: 'active',
    last_change: 650,
    count: 650,
    active: true,
    created_at: '2026-11-20T09:10:00Z',
    ...part,
  }
}

export function anIndex(part: Partial<IndexState> = {}): IndexState {
  const road = { version: '20261120-a', features: 650, entries: 650, waiting: 0, left_out: 0, changes: 3 }
  return {
    records: 648,
    images: 650,
    descriptor: 'recto-compact-gem-192@1a2b3c4d',
    weights_source: 'shipped with Recto',
    extractor_ready: true,
    roads: [
      { ...road, road: 'global', descriptor: 'recto-compact-gem-192@1a2b3c4d' },
      { ...road, road: 'local', descriptor: 'rootsift-ivf2048-pq16@5e6f7a8b' },
    ],
    working: false,
    agree: true,
    differences: [],
    differences_said: [],
    models: [aModel(), aModel({ id: 6, version: '20261101-b', state: 'previous', active: false, count: 640 })],
    last_check: aJob({ id: 30, kind: 'check_index', state: 'done', finished_at: '2026-11-20T09:00:09Z' }),
    last_compaction: null,
    last_publication: null,
    ...part,
  }
}

export function aCollection(part: Partial<Collection> = {}): Collection {
  return { slug: 'prints', name: 'Prints', visibility: 'public', print_count: 648, role: 'curator', ...part }
}

export function aToken(part: Partial<Token> = {}): Token {
  return { id: 3, name: 'Nightly export', created_at: '2026-11-01T08:00:00Z', expires_at: null, last_used_at: null, ...part }
}

/** Pictures with these ids, all of one image. */
export function aGroup(ids: number[] = [17, 18], part: Partial<ImageGroup> = {}): ImageGroup {
  return {
    id: 5,
    state: 'open',
    grown: false,
    same_file: false,
    decided_by: '',
    decided_at: null,
    members: ids.map((id) => ({ image: anImage(id), print: aPrint({ id, title: `Print ${id}` }) })),
    pairs: [{ first: ids[0] ?? 0, second: ids[1] ?? 0, inliers: 87, coverage: 0.94, mirrored: true }],
    ...part,
  }
}

export function anEntry(part: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 90,
    at: '2026-11-20T09:00:00Z',
    user: 'clara',
    action: 'collection_changed',
    collection: 'prints',
    target: 'prints',
    detail: { changed: { visibility: ['public', 'staff'] } },
    address: '',
    ...part,
  }
}
