/** A record that is written by hand: the record first, then its pictures, then its page. */
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'

import { postPrint } from '@/api/editing'
import type { PrintDetail } from '@/api/types'
import { useSessionStore } from '@/stores/session'

import { bodyOf, type PrintFields } from './printFields'
import { useAction, type Action } from './useAction'
import { usePictureQueue, type PictureQueue } from './usePictureQueue'

export interface NewRecord extends Action<[collection: string, recordId: string, fields: PrintFields]> {
  /** The record, once the server has it; its pictures may still be missing. */
  made: Readonly<Ref<PrintDetail | null>>
  queue: PictureQueue
}

/** `onDone` is told of the record when it is there with all its pictures. */
export function useNewPrint(onDone: (print: PrintDetail) => unknown): NewRecord {
  const made = shallowRef<PrintDetail | null>(null)
  const queue = usePictureQueue()
  const action = useAction(async (collection: string, recordId: string, fields: PrintFields) => {
    const print = (made.value ??= await postPrint({ collection, record_id: recordId.trim(), ...bodyOf(fields) }))
    if (await queue.sendTo(print.id)) await onDone(print)
  })
  return { ...action, made, queue }
}

/** The collections that the user may add to. */
export function useOwnCollections(): ComputedRef<{ slug: string; name: string }[]> {
  const session = useSessionStore()
  return computed(() => session.collections.filter(({ slug }) => session.curates(slug)))
}
