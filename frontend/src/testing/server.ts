/** The fake network: a small museum behind the addresses of the API. A spec overrides what it is about. */
import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

import type { ErrorBody } from '@/api/errors'

import { me } from './people'
import { anAnswer, anExample, aPage, aPrint, facets, info } from './samples'

export const server = setupServer(
  http.get('/api/v1/me/', () => HttpResponse.json(me())),
  http.get('/api/v1/info/', () => HttpResponse.json(info())),
  http.get('/api/v1/examples/', () => HttpResponse.json([anExample()])),
  http.get('/api/v1/facets/', () => HttpResponse.json(facets())),
  http.get('/api/v1/prints/', () => HttpResponse.json(aPage())),
  http.get('/api/v1/prints/:id/', ({ params }) => HttpResponse.json(aPrint({ id: Number(params.id) }))),
  http.get('/api/v1/prints/:id/similar/', () => HttpResponse.json(anAnswer())),
  http.post('/api/v1/searches/', () => HttpResponse.json(anAnswer())),
)

/** An answer with the one error body. */
export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  const body: ErrorBody = { error: { code, message, fields: {} } }
  return HttpResponse.json(body, { status, headers })
}
