import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery, type LocationQueryRaw } from 'vue-router'

import { useHandoverStore } from '@/stores/handover'
import { usePicturesStore } from '@/stores/pictures'

/** What is looked for, as the address names it. */
export type Subject =
  | { kind: 'upload'; id: number }
  | { kind: 'image'; id: number }
  | { kind: 'example'; slug: string }
  | { kind: 'url'; address: string }

export function subjectOf(query: LocationQuery): Subject | null {
  const upload = numberOf(query.upload)
  if (upload !== null) return { kind: 'upload', id: upload }
  const image = numberOf(query.image)
  if (image !== null) return { kind: 'image', id: image }
  const slug = textOf(query.example)
  if (slug !== null) return { kind: 'example', slug }
  const address = textOf(query.url)
  return address === null ? null : { kind: 'url', address }
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
  lookForFiles: (files: readonly File[]) => Promise<unknown>
  lookFor: (subject: Subject) => Promise<unknown>
  startAgain: () => Promise<unknown>
} {
  const route = useRoute()
  const router = useRouter()
  const pictures = usePicturesStore()
  const key = computed(() => JSON.stringify(subjectOf(route.query)))
  // Through its text, so that a change of filters does not look like a new subject.
  const subject = computed(() => JSON.parse(key.value) as Subject | null)

  function lookFor(next: Subject): Promise<unknown> {
    return router.push({ name: 'search', query: subjectAddress(next) })
  }

  function lookForFile(file: File): Promise<unknown> {
    return lookFor({ kind: 'upload', id: pictures.add(file, file.name).id })
  }

  /** One after the other, on a page of their own. */
  function lookForFiles(files: readonly File[]): Promise<unknown> {
    useHandoverStore().give(files)
    return router.push({ name: 'queue' })
  }

  return { subject, lookFor, lookForFile, lookForFiles, startAgain: () => router.push({ name: 'search' }) }
}

function textOf(value: LocationQuery[string] | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function numberOf(value: LocationQuery[string] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null
}
