import { computed, type ComputedRef, type Ref, type WritableComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'

import type { Filters } from '@/api/filters'
import type { PrintOrder } from '@/api/types'

import { useChoiceInAddress } from './useChoiceInAddress'

const ORDERS = ['title', 'year', '-year', 'inventory_number', '-added'] as const satisfies PrintOrder[]
type Order = (typeof ORDERS)[number] | ''

/** The order of the wall, in the address; without one what fits the words best, or what was added first. */
export function usePrintOrder(filters: Ref<Filters>): {
  order: WritableComputedRef<Order>
  orders: ComputedRef<{ value: Order; text: string }[]>
} {
  const { t } = useI18n()
  const chosen = useChoiceInAddress('order')
  const order = computed<Order>({
    get: () => ORDERS.find((one) => one === chosen.value) ?? '',
    set: (value) => (chosen.value = value),
  })
  const orders = computed(() => [
    { value: '' as const, text: t(filters.value.q.trim() === '' ? 'prints.orders.asAdded' : 'prints.orders.fit') },
    ...ORDERS.map((value) => ({ value, text: t(`prints.orders.${value}`) })),
  ])
  return { order, orders }
}
