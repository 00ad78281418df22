import { useI18n } from 'vue-i18n'

import type { Queued } from '@/stores/queued'

import { useErrorText } from './useErrorText'

/** What there is to say of a picture of the list: why it failed, or what was not done for its answer. Mostly nothing. */
export function useQueueMessages(): (one: Queued) => string {
  const { t, te } = useI18n()
  const textOf = useErrorText()
  return (one) => {
    if (one.error) return textOf(one.error)
    const known = (code: string): boolean => te(`verdict.notices.${code}`)
    return one.notices.map(({ code, message }) => (known(code) ? t(`verdict.notices.${code}`) : message)).join(' ')
  }
}
