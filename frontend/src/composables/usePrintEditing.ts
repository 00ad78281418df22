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
  type EditedPerson,
  type EditedRelation,
  type PrintChange,
  type Revision,
} from '@/api/editing'
import type { PageOf, PrintDetail } from '@/api/types'
import { useSessionStore } from '@/stores/session'

import { useAction, type Action } from './useAction'
import { usePages, type Pages } from './usePages'
import { useUpload, type Upload } from './useUpload'

/** Whether the user may change this record. */
export function useMayEdit(print: Readonly<Ref<PrintDetail | null>>): ComputedRef<boolean> {
  const session = useSessionStore()
  return computed(() => print.value !== null && session.curates(print.value.collection))
}

/** The fields of the form. */
export type PrintFields = Required<Omit<PrintChange, 'people' | 'relations' | 'year_min' | 'year_max' | 'extra' | 'hidden'>> & {
  people: EditedPerson[]
  relations: EditedRelation[]
}

export function fieldsOf(print: PrintDetail): PrintFields {
  return {
    inventory_number: print.inventory_number,
    title: print.title,
    people: print.people.map(({ name, birth_year, death_year, roles }) => ({ name, birth_year, death_year, roles })),
    date: print.date,
    classification: print.classification,
    techniques: print.techniques,
    institution: print.institution,
    institution_isil: print.institution_isil,
    record_url: print.record_url,
    licence: print.licence,
    relations: print.relations.map(({ kind, text }) => ({ kind, text })),
  }
}

/** The fields that differ, so that two people who edit different fields do not undo each other's work. */
export function changesOf(before: PrintFields, after: PrintFields): PrintChange {
  const names = Object.keys(after) as (keyof PrintFields)[]
  const changed = names.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
  // The two are one entry in the catalogue, and are only taken together.
  if (changed.includes('institution_isil') || changed.includes('institution')) changed.push('institution', 'institution_isil')
  return Object.fromEntries([...new Set(changed)].map((name) => [name, after[name]]))
}

export function usePrintChange(print: PrintDetail, onSaved: (saved: PrintDetail) => void): Action<[after: PrintFields]> {
  return useAction(async (after: PrintFields) => onSaved(await patchPrint(print.id, changesOf(fieldsOf(print), after))))
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
