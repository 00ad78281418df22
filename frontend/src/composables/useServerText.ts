import { useI18n } from 'vue-i18n'

import type { Said } from '@/api/errors'

import { useNumbers } from './useNumbers'

/** The server's sentence in the reader's language where this page has words for it, else as the server says it. */
export function useServerText(): (sentence: string, said?: Said | null) => string {
  const { t, te } = useI18n()
  const { n } = useNumbers()
  return (sentence, said) => {
    const key = `server.${said?.key ?? ''}`
    if (sentence === '' || !said?.key || !te(key)) return sentence
    const params = said.params ?? {}
    const shown = Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? n(value, { maximumFractionDigits: 1 }) : value])
    const count = typeof params.count === 'number' ? params.count : 1
    // The keys come from the server, so no compiler can know them.
    return t(key as 'server.not_found', Object.fromEntries(shown), count)
  }
}
