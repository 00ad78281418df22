/** Changing a record from its page: its fields, its pictures, whether it is shown, and the ways back. */
import { computed, type ComputedRef, type Ref } from 'vue'

import {
  deletePrint,
  deletePrintImage,
  getPrintHistory,
  patchPrint,
  postPrintImage,
  postRestore,
  putPrintImage,
  type Revision,
} from '@/api/editing'
import type { PageOf, PrintDetail } from '@/api/types'
import { useSessionStore } from '@/stores/session'

import { changesOf, type PrintFields } from './printFields'
import { useAction, type Action } from './useAction'
import { usePages, type Pages } from './usePages'
import { useUpload, type Upload } from './useUpload'

/** Whether the user may change this record. */
export function useMayEdit(print: Readonly<Ref<PrintDetail | null>>): ComputedRef<boolean> {
  const session = useSessionStore()
  return computed(() => print.value !== null && session.curates(print.value.collection))
}

export function usePrintChange(print: PrintDetail, onSaved: (saved: PrintDetail) => void): Action<[after: PrintFields]> {
  return useAction(async (after: PrintFields) => onSaved(await patchPrint(print.id, changesOf(print, after))))
}

export function useHiding(print: () => PrintDetail, onSaved: (saved: PrintDetail) => void): Action<[hidden: boolean]> {
  return useAction(async (hidden: boolean) => onSaved(await patchPrint(print().id, { hidden })))
}

export interface PictureChanges {
  add: Upload<[File]>
  replace: Upload<[imageId: number, file: File]>
  remove: Action<[imageId: number]>
}

/** Pictures of a record; `onChanged` is told after each change. */
export function usePictureChanges(id: number, onChanged: () => void): PictureChanges {
  const add = useUpload((sending, file: File) => postPrintImage(id, file, sending).then(onChanged))
  const replace = useUpload((sending, imageId: number, file: File) => putPrintImage(id, imageId, file, sending).then(onChanged))
  const remove = useAction((imageId: number) => deletePrintImage(id, imageId).then(onChanged))
  return { add, replace, remove }
}

export function usePrintRemoval(id: () => number): Action<[]> {
  return useAction(() => deletePrint(id()))
}

export function usePrintHistory(id: () => number): Pages<Revision, PageOf<Revision>> {
  return usePages((page, signal) => getPrintHistory(id(), page, signal), id)
}

/** Takes changes back; `onDone` is told of the record as it is then. */
export function useRestoring(id: () => number, onDone: () => void): Action<[revisionId: number]> {
  return useAction((revisionId: number) => postRestore(id(), revisionId).then(onDone))
}

/** Takes back the last change, which was the removal. */
export function useRemovalUndo(id: () => number, onDone: () => void): Action<[]> {
  return useAction(async () => {
    const removal = (await getPrintHistory(id(), 1)).results.find(({ kind }) => kind === 'removed')
    if (removal) await postRestore(id(), removal.id)
    onDone()
  })
}
