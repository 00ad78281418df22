import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router'

import { useHandoverStore } from '@/stores/handover'
import { usePicturesStore } from '@/stores/pictures'
import { useRefusalsStore } from '@/stores/refusals'
import { useServerStore } from '@/stores/server'

import { subjectAt } from './pictureAddress'
import { refusalOf } from './refusalOf'

/** What is looked for, as the address names it: by its kind. The server knows these names, too (core/page_files.py). */
export type Subject =
  | { kind: 'upload'; id: number }
  | { kind: 'image'; id: number }
  | { kind: 'example'; slug: string }
  | { kind: 'url'; address: string }
  | { kind: 'kept'; id: string }

const KEPT_ID = /^[\w-]{1,40}$/

export function subjectOf(query: LocationQuery): Subject | null {
  const upload = numberOf(query.upload)
  if (upload !== null) return { kind: 'upload', id: upload }
  const image = numberOf(query.image)
  if (image !== null) return { kind: 'image', id: image }
  const slug = textOf(query.example)
  if (slug !== null) return { kind: 'example', slug }
  const address = textOf(query.url)
  if (address !== null) return { kind: 'url', address }
  const kept = textOf(query.kept)
  return kept !== null && KEPT_ID.test(kept) ? { kind: 'kept', id: kept } : null
}

export function subjectAddress(subject: Subject): LocationQueryRaw {
  if (subject.kind === 'example') return { example: subject.slug }
  if (subject.kind === 'url') return { url: subject.address }
  return { [subject.kind]: String(subject.id) }
}

/** The subject in the address, and the ways to look for another one. */
export function useSubject(): {
  subject: ComputedRef<Subject | null>
  lookForFile: (file: File) => Promise<unknown>
  lookForFiles: (files: readonly File[], asFound?: boolean) => Promise<unknown>
  lookForAddress: (address: string) => Promise<unknown>
  lookFor: (subject: Subject) => Promise<unknown>
  startAgain: () => Promise<unknown>
} {
  const route = useRoute()
  const router = useRouter()
  const pictures = usePicturesStore()
  const refusals = useRefusalsStore()
  const server = useServerStore()
  const key = computed(() => JSON.stringify(subjectOf(route.query)))
  // Through its text, so that a change of filters does not look like a new subject.
  const subject = computed(() => JSON.parse(key.value) as Subject | null)

  function lookFor(next: Subject): Promise<unknown> {
    refusals.dismiss()
    return router.push({ name: 'search', query: subjectAddress(next) })
  }

  async function lookForFile(file: File): Promise<unknown> {
    const reason = await refusalOf(file)
    return reason ? refusals.refuse(reason, file.name) : lookFor({ kind: 'upload', id: pictures.add(file, file.name).id })
  }

  /** One after the other, on a page of their own; `asFound`: only when the visitor says so there. */
  function lookForFiles(files: readonly File[], asFound = false): Promise<unknown> {
    useHandoverStore().give(files, asFound)
    return router.push({ name: 'queue' })
  }

  async function lookForAddress(address: string): Promise<unknown> {
    const next = subjectAt(address)
    const allowed = next.kind !== 'url' || server.info?.search_by_url !== false
    return allowed ? lookFor(next) : refusals.refuse('addressOff')
  }

  return { subject, lookFor, lookForFile, lookForFiles, lookForAddress, startAgain: () => router.push({ name: 'search' }) }
}

function textOf(value: LocationQuery[string] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: LocationQuery[string] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null
}
