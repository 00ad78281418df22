import { http, HttpResponse } from 'msw'

import type { Me } from '@/api/session'

import { me } from './people'
import { server } from './server'

/** The server knows `who` until they sign out. */
export function signedIn(who: Me): void {
  let known = who
  server.use(
    http.get('/api/v1/me/', () => HttpResponse.json(known)),
    http.delete('/api/v1/session/', () => {
      known = me()
      return new HttpResponse(null, { status: 204 })
    }),
  )
}
