/** Which browser drives the tests: one that is installed here, never one that is downloaded behind one's back. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export const NO_BROWSER =
  'No Chromium here: install one (Debian: apt-get install chromium, or npx playwright install chromium), ' +
  'or name it with RECTO_CHROMIUM.'

export const NO_SERVER = 'No server named: start one (make run) and name it with RECTO_E2E_URL=http://127.0.0.1:8000.'

/** Path of the browser; null when there is none. One that is named and not there is an error. */
export function findChromium(): string | null {
  const named = process.env.RECTO_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`RECTO_CHROMIUM is ${named}, but there is no such file.`)
  }
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].filter(Boolean)
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...candidates, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}
