/** Answers of the server that a test serves as it wants them: the page is under test, not the search. */
import type { APIRequestContext, Page, Route } from '@playwright/test'

import { firstPrint } from './prints'

interface Found {
  rank: number
  verdict: string | null
  image: { id: number; image_url: string }
  print: { id: number; title: string; inventory_number: string; people: { name: string }[]; date: string }
}

export interface Answer {
  verdict: string | null
  results: Found[]
  notices: { code: string; message: string }[]
}

export const SEARCHES = '**/api/v1/searches/'
export const results = (page: Page) => page.getByTestId('result')
let image = 0
let answer: Answer | undefined

/** Searching with a picture of the collection finds it, and much that only looks like it. */
export async function imageOfPrint(request: APIRequestContext): Promise<number> {
  if (image !== 0) return image
  image = (await firstPrint(request)).image.id
  return image
}

/** The answer of the server, asked once: what the page is to show does not depend on how busy the server is. */
export async function answerFor(request: APIRequestContext): Promise<Answer> {
  const multipart = { image_id: String(await imageOfPrint(request)), limit: '100' }
  answer ??= (await (await request.post('/api/v1/searches/', { multipart })).json()) as Answer
  return answer
}

/** Serves this answer, changed as the test wants it; returns how often it was asked for. */
export async function answered(page: Page, request: APIRequestContext, change: (answer: Answer) => Answer = (same) => same): Promise<() => number> {
  const json = change(structuredClone(await answerFor(request)))
  let asked = 0
  await page.route(SEARCHES, (route: Route) => {
    asked += 1
    return route.fulfill({ json })
  })
  return () => asked
}
