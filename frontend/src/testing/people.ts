/** Who may ask: visitors, curators and administrators, in the shape of `/me/`. */
import type { May, Me } from '@/api/session'

const NOTHING: May = { import: false, edit: false, see_jobs: false, see_index: false, administer: false }

/** A visitor who is not signed in. */
export function me(part: Partial<Me> = {}): Me {
  return { user: null, collections: [], may: NOTHING, ...part }
}

/** Somebody with an account who may only look. */
export function aViewer(): Me {
  return me({
    user: { id: 4, username: 'vera', name: '', is_administrator: false },
    collections: [{ slug: 'prints', name: 'Prints', role: 'viewer' }],
  })
}

export function aCurator(): Me {
  return me({
    user: { id: 5, username: 'clara', name: 'Clara Custos', is_administrator: false },
    collections: [{ slug: 'prints', name: 'Prints', role: 'curator' }],
    may: { import: true, edit: true, see_jobs: true, see_index: true, administer: false },
  })
}

export function anAdministrator(): Me {
  return me({
    user: { id: 1, username: 'ada', name: 'Ada', is_administrator: true },
    collections: [{ slug: 'prints', name: 'Prints', role: 'curator' }],
    may: { import: true, edit: true, see_jobs: true, see_index: true, administer: true },
  })
}
