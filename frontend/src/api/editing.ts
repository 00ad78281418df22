/** Changing single records and their pictures, and what became of them. */
import { client, dataOf, doneOf, withTimeout } from './client'
import type { components } from './schema'
import type { PageOf, PrintDetail, PrintImage } from './types'
import { upload, type Sending } from './upload'

type Schemas = components['schemas']

export type EditedPerson = Required<Schemas['PersonWriteRequest']>
export type EditedRelation = Required<Schemas['RelationWriteRequest']>
/** What of a record is changed; what is left out stays as it is. */
export type PrintChange = Schemas['PatchedPrintChangeRequest']
export type NewPrint = Schemas['PrintCreateRequest']
export type DateReading = Schemas['DateReading']
export type Revision = Schemas['HistoryEntry']

const path = (id: number) => ({ path: { print_id: id } })

export function postPrint(body: NewPrint): Promise<PrintDetail> {
  return dataOf(client.POST('/api/v1/prints/', { body, signal: withTimeout() }))
}

/** The years that are read out of a date; nothing is kept. */
export function getDateReading(text: string, signal?: AbortSignal): Promise<DateReading> {
  return dataOf(client.GET('/api/v1/dates/', { params: { query: { text } }, signal: withTimeout(signal) }))
}

export function patchPrint(id: number, body: PrintChange): Promise<PrintDetail> {
  return dataOf(client.PATCH('/api/v1/prints/{print_id}/', { params: path(id), body, signal: withTimeout() }))
}

export function deletePrint(id: number): Promise<void> {
  return doneOf(client.DELETE('/api/v1/prints/{print_id}/', { params: path(id), signal: withTimeout() }))
}

export function postPrintImage(id: number, image: File, sending: Sending = {}): Promise<PrintImage> {
  return upload({ address: `/api/v1/prints/${id}/images/`, form: imageForm(image), ...sending })
}

/** Another scan in the place of this one. */
export function putPrintImage(id: number, imageId: number, image: File, sending: Sending = {}): Promise<PrintImage> {
  return upload({ method: 'PUT', address: `/api/v1/prints/${id}/images/${imageId}/`, form: imageForm(image), ...sending })
}

export function deletePrintImage(id: number, imageId: number): Promise<void> {
  const params = { path: { print_id: id, image_id: imageId } }
  return doneOf(client.DELETE('/api/v1/prints/{print_id}/images/{image_id}/', { params, signal: withTimeout() }))
}

/** What became of a record, the last first; also of one that was removed. */
export function getPrintHistory(id: number, page: number, signal?: AbortSignal): Promise<PageOf<Revision>> {
  const params = { ...path(id), query: { page } }
  return dataOf(client.GET('/api/v1/prints/{print_id}/history/', { params, signal: withTimeout(signal) }))
}

/** Makes the record what it was before this change. */
export function postRestore(id: number, revisionId: number): Promise<PrintDetail> {
  const params = { path: { print_id: id, revision_id: revisionId } }
  const body = { before: true }
  return dataOf(client.POST('/api/v1/prints/{print_id}/history/{revision_id}/restore/', { params, body, signal: withTimeout() }))
}

function imageForm(image: File): FormData {
  const form = new FormData()
  form.append('image', image, image.name)
  return form
}
