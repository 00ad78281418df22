import { describe, expect, it } from 'vitest'

import { withSetup } from '@/testing/mountAt'
import { aPrint, anImage } from '@/testing/samples'

import { usePrintTexts } from './usePrintTexts'

describe('usePrintTexts', () => {
  it('describes a picture by the metadata of its print', async () => {
    const { result } = await withSetup(usePrintTexts)
    expect(result.altOf(aPrint())).toBe('La Paresse, Vallotton, Félix, 1896')
    expect(result.altOf(aPrint({ title: '', people: [], date: '' }))).toBe('Untitled')
  })

  it.each([
    [1865, 1925, '1865–1925'],
    [1865, null, '1865–'],
    [null, 1925, '–1925'],
    [null, null, ''],
  ])('writes the years %s and %s as "%s"', async (birth_year, death_year, text) => {
    const { result } = await withSetup(usePrintTexts)
    expect(result.yearsOf({ id: 1, name: 'x', birth_year, death_year, roles: [] })).toBe(text)
  })

  it('keeps the shape of a picture within what a row can show', async () => {
    const { result } = await withSetup(usePrintTexts)
    expect(result.ratioOf(anImage())).toBe(0.8)
    expect(result.ratioOf({ ...anImage(), width: 9000 })).toBe(2.4)
    expect(result.ratioOf(null)).toBe(0.8)
  })
})
