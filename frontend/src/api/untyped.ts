/** Until the description of these calls is generated. */
import { client } from './client'

type Call = <T>(address: string, init: object) => Promise<{ data?: T; error?: unknown; response: Response }>

export const untyped = client as unknown as Record<'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', Call>
