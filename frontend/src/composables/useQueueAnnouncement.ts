import { ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { useQueueStore } from '@/stores/queue'

import type { Outcome } from './queueOutcomes'
import { useErrorText } from './useErrorText'
import { useNumbers } from './useNumbers'

/** So often is it said how far the list is: each picture spoken would drown the rest. */
const STEPS = 10

/** What a screen reader hears of the list: each tenth of it, what it waits for, and how it ended. */
export function useQueueAnnouncement(counts: () => { outcome: Outcome; count: number }[]): Ref<string> {
  const { t } = useI18n()
  const { n } = useNumbers()
  const queue = useQueueStore()
  const textOf = useErrorText()
  const announcement = ref('')

  const step = (): number => Math.floor((STEPS * (queue.list.length - queue.left)) / Math.max(1, queue.list.length))
  const state = (): string => (queue.wait ? 'waits' : queue.left === 0 ? 'ended' : queue.paused ? 'paused' : 'runs')

  function sentence(): string {
    const total = queue.list.length
    const progress = t('queue.progress', { done: n(total - queue.left), total: n(total) }, total)
    if (queue.wait) return `${progress} ${textOf(queue.wait.error)}`
    if (queue.left > 0) return queue.paused ? `${progress} ${t('queue.paused')}` : progress
    const outcomes = counts().map(({ outcome, count }) => `${t(`queue.outcomes.${outcome}`)}: ${n(count)}`)
    return `${t('queue.ended')} ${outcomes.join(', ')}.`
  }

  watch([step, state], () => (announcement.value = queue.list.length > 0 ? sentence() : ''))
  return announcement
}
