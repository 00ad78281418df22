import { describe, expect, it } from 'vitest'

import { usePicturesStore } from '@/stores/pictures'
import { useRefusalsStore } from '@/stores/refusals'
import { useServerStore } from '@/stores/server'
import { withSetup } from '@/testing/mountAt'
import { info } from '@/testing/samples'

import { subjectAddress, subjectOf, useSubject, type Subject } from './useSubject'

describe('the subject in the address', () => {
  it.each<Subject>([
    { kind: 'upload', id: 3 },
    { kind: 'image', id: 17 },
    { kind: 'example', slug: 'a-photograph' },
    { kind: 'url', address: 'https://example.org/a%20print.jpg?size=large&page=2#top' },
  ])('comes back as it went: %j', (subject) => {
    expect(subjectOf(subjectAddress(subject) as never)).toEqual(subject)
  })

  it.each([[{}], [{ image: 'x' }], [{ image: '-1' }], [{ image: ['1', '2'] }], [{ example: '' }]])('is none in %j', (query) => {
    expect(subjectOf(query)).toBeNull()
  })
})

describe('useSubject', () => {
  it('keeps a file of the visitor in memory and puts its number in the address', async () => {
    const { result, router } = await withSetup(useSubject)
    await result.lookForFile(new File([Uint8Array.of(0xff, 0xd8, 0xff)], 'phone.jpg'))
    const { upload } = router.currentRoute.value.query
    expect(usePicturesStore().find(Number(upload))?.name).toBe('phone.jpg')
  })

  it('refuses what is no picture, and stays where it is', async () => {
    const { result, router } = await withSetup(useSubject, '/?image=17')
    await result.lookForFile(new File(['words'], 'notes.txt'))
    expect([router.currentRoute.value.fullPath, useRefusalsStore().refusal]).toEqual(['/?image=17', { reason: 'unknown', name: 'notes.txt' }])
    await result.lookFor({ kind: 'image', id: 18 })
    expect(useRefusalsStore().refusal).toBeNull()
  })

  it('looks for an address, unless this server fetches none', async () => {
    const { result, router } = await withSetup(useSubject)
    await result.lookForAddress('https://example.org/a.jpg?b=1&c=2')
    expect(router.currentRoute.value.query).toEqual({ url: 'https://example.org/a.jpg?b=1&c=2' })
    useServerStore().info = info({ search_by_url: false })
    await result.lookForAddress('https://example.org/other.jpg')
    expect([router.currentRoute.value.query.url, useRefusalsStore().refusal?.reason]).toEqual(['https://example.org/a.jpg?b=1&c=2', 'addressOff'])
  })

  it('leaves the filters of the last search behind', async () => {
    const { result, router } = await withSetup(useSubject, '/?example=a&technique=4')
    await result.lookFor({ kind: 'image', id: 17 })
    expect(router.currentRoute.value.fullPath).toBe('/?image=17')
  })

  it('is the same object while only filters change', async () => {
    const { result, router } = await withSetup(useSubject, '/?image=17')
    const before = result.subject.value
    await router.push('/?image=17&technique=4')
    expect(result.subject.value).toBe(before)
  })
})
