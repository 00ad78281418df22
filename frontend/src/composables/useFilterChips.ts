import { computed, watch, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { getFacets } from '@/api/catalogue'
import { FACETS, type FacetName, type Filters } from '@/api/filters'
import { useFacetLabelsStore } from '@/stores/facetLabels'

import { ALL_YEARS, limitsYears } from './useFilters'
import { useResource } from './useResource'
import { useYearsText } from './useYearsText'

/** One choice that is in force, and the filters without it. */
export interface FilterChip {
  key: string
  name: string
  text: string
  without: Partial<Filters>
}

/** The filters in force, each by its name and what was chosen. */
export function useFilterChips(filters: Ref<Filters>): ComputedRef<FilterChip[]> {
  const { t } = useI18n()
  const yearsText = useYearsText()
  const labels = useFacetLabelsStore()
  const unnamed = computed(() => FACETS.some((name) => filters.value[name].some((value) => labels.find(name, value) === null)))
  // Where no list of options has been fetched yet (on a phone it is behind a button), the names are asked for.
  const names = useResource(async (signal) => labels.learn(await getFacets(filters.value, signal)))
  watch(unnamed, (now) => now && void names.reload(), { immediate: true })

  function facetChips(name: FacetName): FilterChip[] {
    return filters.value[name].map((value) => ({
      key: `${name} ${value}`,
      name: t(`filters.names.${name}`),
      text: labels.find(name, value) ?? (names.status.value === 'loading' ? '…' : value),
      without: { [name]: filters.value[name].filter((one) => one !== value) },
    }))
  }

  function yearChips(now: Filters): FilterChip[] {
    if (!limitsYears(now)) return []
    const span = yearsText({ from: now.yearFrom, to: now.yearTo })
    const text = now.includeUndated ? t('filters.chips.orUndated', { years: span }) : span
    return [{ key: 'years', name: t('filters.years'), text, without: ALL_YEARS }]
  }

  function wordChips({ q }: Filters): FilterChip[] {
    const words = q.trim()
    return words === '' ? [] : [{ key: 'q', name: t('filters.q'), text: t('filters.chips.words', { words }), without: { q: '' } }]
  }

  return computed(() => [...FACETS.flatMap(facetChips), ...yearChips(filters.value), ...wordChips(filters.value)])
}
