/** One picture of the list of pictures to search with: its states, and how it is written down on this device. */
import { markRaw } from 'vue'

import { ApiError } from '@/api/errors'
import type { Notice, Result, Search } from '@/api/types'

import type { Kept } from './queueShelf'

/** `held`: it came from another app or site, which anybody can make a browser do; a person has still to say that it is wanted. */
export type QueueState = 'held' | 'waiting' | 'sending' | 'looking' | 'done' | 'failed' | 'cancelled'

/** Which result a person says is the right one: that of an image, or none of them. */
export type Choice = number | 'none'

export interface Queued {
  id: number
  name: string
  state: QueueState
  /** What was chosen, until it is made small; only then does it outlive a reload. */
  file: File | null
  /** As it is sent. */
  picture: Blob | null
  /** A small picture of it as a data URL; empty where the browser cannot show it. */
  thumbnail: string
  sent: number
  verdict: string | null
  results: readonly Result[]
  notices: readonly Notice[]
  error: ApiError | null
  choice: Choice | null
  /** Whether it was found by somebody who had signed in, who may see more than others. */
  closed: boolean
}

export type Stored = Omit<Queued, 'file' | 'sent' | 'error'> & Kept & { error: Pick<ApiError, 'code' | 'message' | 'status' | 'said'> | null }

/** Answers of a network that is away: the same picture may well be answered later. */
const PASSING_CODES = ['offline', 'unreachable']
const PASSING_STATUSES = [429, 502, 503, 504]
const TIMEOUTS = 2

export const isHeld = ({ state }: Queued): boolean => state === 'held'

/** Whether it is still to be searched for. */
export function isOpen({ state }: Queued): boolean {
  return state === 'held' || state === 'waiting' || state === 'sending' || state === 'looking'
}

/** Whether the same picture should be tried again later; a server that is only slow is not waited for for ever. */
export function isPassing({ code, status }: ApiError, tries: number): boolean {
  if (code === 'timeout') return tries < TIMEOUTS
  return PASSING_CODES.includes(code) || PASSING_STATUSES.includes(status)
}

export function queuedOf(id: number, file: File, state: QueueState = 'waiting'): Queued {
  const found = foundIn({ verdict: null, results: [], notices: [] })
  return { id, name: file.name, state, file, picture: null, thumbnail: '', sent: 0, error: null, choice: null, closed: false, ...found }
}

export function foundIn({ verdict, results, notices }: Pick<Search, 'verdict' | 'results' | 'notices'>): Pick<Queued, 'verdict' | 'results' | 'notices'> {
  // Not watched in depth: an answer does not change, and IndexedDB takes no proxies.
  return { verdict, results: markRaw<Result[]>(results), notices: markRaw<Notice[]>(notices) }
}

export function storedOf(one: Queued, list: string): Stored {
  const { id, name, state, picture, thumbnail, verdict, results, notices, choice, error, closed } = one
  const kept = error && { code: error.code, message: error.message, status: error.status, said: { ...error.said } }
  return { list, id, touched: Date.now(), name, state, picture, thumbnail, verdict, results, notices, choice, closed, error: kept }
}

export function queuedFrom({ id, name, state, picture, thumbnail, verdict, results, notices, choice, error, closed }: Stored): Queued {
  const back = error && new ApiError(error.code, error.message, error.status, null, {}, error.said)
  const found = foundIn({ verdict: verdict as Search['verdict'], results: [...results], notices: [...notices] })
  const now = state === 'sending' || state === 'looking' ? 'waiting' : state
  return { id, name, picture, thumbnail, choice, closed, file: null, sent: 0, state: now, error: back, ...found }
}
