/** Imports to test with, in the shapes of the API's schema. */
import type { ImportCounts, ImportDetail, ImportIssue, ImportRecord, IssuePage } from '@/api/importTypes'

import { aPageOf } from './samples'

export function aJob(part: Partial<NonNullable<ImportDetail['job']>> = {}): NonNullable<ImportDetail['job']> {
  return {
    id: 5,
    kind: 'check_import',
    state: 'running',
    done: 324,
    total: 648,
    title: 'Check metadata.csv',
    message: 'Reading rows',
    message_said: {},
    last_error: '',
    error_said: {},
    rate: 81,
    seconds_left: 4,
    requested_by: 'curator',
    collection: 'prints',
    left_out: 0,
    import_id: 7,
    created_at: '2026-11-21T10:00:00Z',
    started_at: '2026-11-21T10:00:01Z',
    finished_at: null,
    ...part,
  }
}

export function counts(part: Partial<ImportCounts> = {}): ImportCounts {
  return { created: 0, changed: 0, unchanged: 0, missing: 0, removed: 0, skipped: 0, problem: 0, issues: 0, ...part }
}

export function anImport(part: Partial<ImportDetail> = {}): ImportDetail {
  return {
    id: 7,
    state: 'uploaded',
    action: 'add_and_update',
    collection: 'prints',
    collection_name: 'Prints',
    table_name: 'metadata.csv',
    counts: counts(),
    created_by: 'curator',
    started_at: '2026-11-21T10:00:00Z',
    finished_at: null,
    undone_at: null,
    image_source: { kind: 'none' },
    reading: { encoding: 'cp1252', delimiter: ';', sheet: '', sheets: [], rows: 648 },
    columns: [
      { header: 'recordID', field: 'record_id', samples: ['1', '2', '3'], suggested: 'record_id' },
      { header: 'Titel', field: null, samples: ['La Paresse'], suggested: 'title' },
    ],
    fields: ['record_id', 'inventory_number', 'image_file', 'title', 'date'],
    job: null,
    archives: [],
    undoable: false,
    retryable_images: 0,
    message: '',
    message_said: {},
    ...part,
  }
}

export function aRecord(part: Partial<ImportRecord> = {}): ImportRecord {
  return { position: 1, record_id: '14943', outcome: 'created', title: 'La Paresse', print_id: null, difference: {}, applied: false, ...part }
}

export function anIssue(part: Partial<ImportIssue> = {}): ImportIssue {
  return {
    file: 'metadata.csv',
    row: 12,
    column: 'date',
    value: 'vor dem Krieg',
    code: 'date_not_understood',
    reason: 'no year could be read; the text is kept, the print counts as undated',
    accepted: '1896, ca. 1520, 16. Jh.',
    said: { reason: {}, accepted: {} },
    record_id: '14943',
    left_out: false,
    retryable: false,
    ...part,
  }
}

export function issuePage(results: ImportIssue[] = [anIssue()], codes: Record<string, number> = { date_not_understood: results.length }): IssuePage {
  return { ...aPageOf(results, { count: Object.values(codes).reduce((sum, one) => sum + one, 0) }), codes }
}
