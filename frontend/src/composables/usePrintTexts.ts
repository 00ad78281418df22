import { useI18n } from 'vue-i18n'

import type { Person, Print, PrintImage } from '@/api/types'

import { inARow } from './inARow'
import { peopleOf } from './peopleOf'

/** How a print is named in words: its title, its people, and the alternative text of its picture. */
export function usePrintTexts() {
  const { t } = useI18n()

  function titleOf(print: Print): string {
    return print.title === '' ? t('print.untitled') : print.title
  }

  function altOf(print: Print): string {
    return inARow([titleOf(print), bylineOf(print)], ', ')
  }

  return { titleOf, altOf, peopleOf, bylineOf, yearsOf, ratioOf }
}

/** Who made it, and when. */
function bylineOf(print: Print): string {
  return inARow([peopleOf(print), print.date], ', ')
}

/** Life dates as catalogues write them: 1832–1883, 1832–, –1883. */
function yearsOf({ birth_year, death_year }: Person): string {
  return birth_year === null && death_year === null ? '' : `${birth_year ?? ''}–${death_year ?? ''}`
}

/** Width by height, within what a row of pictures can show. */
function ratioOf(image: PrintImage | null): number {
  if (image === null || image.height === 0) return 0.8
  return Math.min(2.4, Math.max(0.5, image.width / image.height))
}
