import { useI18n } from 'vue-i18n'

/** What the server calls the weights that are part of the program. */
const SHIPPED = 'shipped with Recto'

/** Where the network's weights came from, in the page's language; a path or an address is told as it is. */
export function useWeightsText(): (source: string | null) => string {
  const { t } = useI18n()
  return (source) => (source === SHIPPED ? t('about.weightsShipped') : (source ?? t('about.unknown')))
}
