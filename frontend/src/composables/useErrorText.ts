import { useI18n } from 'vue-i18n'

import type { ApiError } from '@/api/errors'

const OWN = ['offline', 'unreachable', 'timeout', 'picture_gone', 'unexpected'] as const

/** The server's sentence, which names the thing and the remedy; ours where it could not send one. */
export function useErrorText(): (error: ApiError) => string {
  const { t } = useI18n()
  return (error) => {
    const own = OWN.find((code) => code === error.code)
    if (own) return t(`errors.${own}`)
    return error.message === '' ? t('errors.noSentence', { status: error.status }) : error.message
  }
}

/** Whether asking the same again is in vain: only something else will help. */
export function isRefusal({ status }: ApiError): boolean {
  return status >= 400 && status < 500 && status !== 429
}
