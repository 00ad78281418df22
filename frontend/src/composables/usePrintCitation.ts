import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { manifestAddress } from '@/api/media'
import type { PrintDetail } from '@/api/types'

import { citationBibtex, citationFile, citationRis, citationText } from './citation'
import { saveText } from './saveText'

/** Where a print stays to be found. */
export function permanentLink(id: number): string {
  return `${location.origin}/prints/${id}`
}

export function manifestLink(id: number): string {
  return `${location.origin}${manifestAddress(id)}`
}

/** How the print is cited today, in the reader's language, and as files. */
export function usePrintCitation(print: () => PrintDetail): { text: ComputedRef<string>; saveBibtex: () => void; saveRis: () => void } {
  const { t, locale } = useI18n()
  const cited = computed(() => ({ print: print(), address: permanentLink(print().id), day: new Date() }))
  const text = computed(() =>
    citationText(cited.value, {
      untitled: t('print.untitled'),
      number: (number) => t('cite.number', { number }),
      accessed: (day) => t('cite.accessed', { day }),
      day: (day) => new Intl.DateTimeFormat(locale.value, { dateStyle: 'long' }).format(day),
    }),
  )
  const save = (content: string, type: string, suffix: string): void => saveText(content, type, `${citationFile(print())}.${suffix}`)
  return {
    text,
    saveBibtex: () => save(citationBibtex(cited.value, t('print.untitled')), 'application/x-bibtex', 'bib'),
    saveRis: () => save(citationRis(cited.value, t('print.untitled')), 'application/x-research-info-systems', 'ris'),
  }
}
