import { defineStore } from 'pinia'

import type { PrintListItem } from '@/api/types'

export interface KeptWall {
  prints: PrintListItem[]
  total: number
  /** How many pages the prints are, and how many there are in all. */
  pages: number
  allPages: number
}

/** Long enough to look at some records and come back; short enough that a removed print does not linger. */
const KEPT_MS = 30 * 60_000

/** The wall that was looked at last, so that "back" shows it at once and where it was. */
export const useWallsStore = defineStore('walls', () => {
  let kept: { key: string; wall: KeptWall; at: number } | null = null

  function keep(key: string, wall: KeptWall): void {
    kept = { key, wall, at: Date.now() }
  }

  function find(key: string): KeptWall | null {
    return kept?.key === key && Date.now() - kept.at < KEPT_MS ? kept.wall : null
  }

  /** Another user may see other collections. */
  function forget(): void {
    kept = null
  }

  return { keep, find, forget }
})
