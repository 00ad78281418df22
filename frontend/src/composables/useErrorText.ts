import { useI18n } from 'vue-i18n'

import type { ApiError } from '@/api/errors'

import { useServerText } from './useServerText'

const OWN = ['offline', 'unreachable', 'timeout', 'picture_gone', 'file_unreadable', 'unexpected'] as const

/** The server's sentence, which names the thing and the remedy; ours where it could not send one. */
export function useErrorText(): (error: ApiError) => string {
  const { t } = useI18n()
  const serverText = useServerText()
  return (error) => {
    const own = OWN.find((code) => code === error.code)
    if (own) return t(`errors.${own}`)
    return error.message === '' ? t('errors.noSentence', { status: error.status }) : serverText(error.message, error.said)
  }
}

/** What is wrong with each field of a form; a sentence that is the error's own is said as that is. */
export function useFieldTexts(): (error: ApiError | null | undefined) => Record<string, string[]> {
  const textOf = useErrorText()
  return (error) => {
    const entries = Object.entries(error?.fields ?? {})
    return Object.fromEntries(entries.map(([name, texts]) => [name, texts.map((text) => (error && text === error.message ? textOf(error) : text))]))
  }
}

/** Whether asking the same again is in vain: only something else will help. */
export function isRefusal({ status }: ApiError): boolean {
  return status >= 400 && status < 500 && status !== 429
}
