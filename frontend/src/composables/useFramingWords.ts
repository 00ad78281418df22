import { useI18n } from 'vue-i18n'

import type { Framing } from '@/geometry/framing'

import { useNumbers } from './useNumbers'

export interface FramingPart {
  name: 'cut' | 'turn' | 'mirror'
  text: string
  /** What takes this part back. */
  without: Partial<Framing>
}

/** What is done to the picture before it is searched with, in words, in the order in which it is done. */
export function useFramingWords(): { partsOf: (framing: Framing) => FramingPart[] } {
  const { t } = useI18n()
  const { n } = useNumbers()

  function partsOf({ area, quad, degrees, mirror }: Framing): FramingPart[] {
    const parts: FramingPart[] = []
    if (area) parts.push({ name: 'cut', text: t('refined.crop'), without: { area: null } })
    if (quad) parts.push({ name: 'cut', text: t('refined.quad'), without: { quad: null } })
    if (degrees === 180) parts.push({ name: 'turn', text: t('refined.half'), without: { degrees: 0 } })
    else if (degrees !== 0) {
      const text = t(degrees === 90 ? 'refined.right' : 'refined.left', { degrees: n(90) })
      parts.push({ name: 'turn', text, without: { degrees: 0 } })
    }
    if (mirror) parts.push({ name: 'mirror', text: t('refined.mirror'), without: { mirror: false } })
    return parts
  }

  return { partsOf }
}
