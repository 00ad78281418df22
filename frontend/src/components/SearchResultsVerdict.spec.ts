import { describe, expect, it } from 'vitest'

import type { Search } from '@/api/types'
import { mountAt } from '@/testing/mountAt'
import { aFind, aMatch, anAnswer, anImage, aResult } from '@/testing/samples'

import SearchResultsVerdict from './SearchResultsVerdict.vue'

async function verdictOn(answer: Search, props: object = {}) {
  const { wrapper } = await mountAt(SearchResultsVerdict, {
    address: '/?image=3',
    props: { answer, filtered: false, mirrored: false, ...props },
  })
  const buttons = () => wrapper.findAll('.v-btn').map((button) => button.text())
  return { wrapper, buttons, heading: wrapper.find('h1').text() }
}

const right = aMatch({ quad: [[0.55, 0.1], [0.95, 0.1], [0.95, 0.9], [0.55, 0.9]] })

describe('the verdict', () => {
  it('names the print that was found, and leads to the comparison', async () => {
    const { wrapper, heading, buttons } = await verdictOn(anAnswer([aFind()], { verdict: 'same_image' }))
    expect(heading).toBe('This print is in the collection')
    expect(buttons()).toEqual(['Compare the pictures', 'Open the record'])
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual(['/?image=3&evidence=17', '/prints/12'])
  })

  it('counts the prints of one image', async () => {
    const results = [aFind(), aFind({ image: anImage(18) }), aResult({ verdict: 'similar' })]
    expect((await verdictOn(anAnswer(results, { verdict: 'same_image' }))).heading).toBe('2 prints show the same image')
  })

  it('counts the works of one picture', async () => {
    const results = [aFind(), aFind({ image: anImage(18), match: right })]
    const { heading, buttons } = await verdictOn(anAnswer(results, { verdict: 'same_image' }))
    expect([heading, buttons()]).toEqual(['2 works were found in your picture', []])
  })

  it('says that a detail is shared', async () => {
    const { heading, wrapper } = await verdictOn(anAnswer([aFind({ verdict: 'shared_detail' })], { verdict: 'shared_detail' }))
    expect(heading).toBe('One print shares a detail with it')
    expect(wrapper.text()).toContain('A part of your picture is also on this record')
  })

  it.each([
    ['similar', 'None confirmed: one only looks similar'],
    ['not_found', 'Probably not in this collection'],
  ] as const)('offers what may help when it is %s', async (verdict, words) => {
    const { wrapper, heading, buttons } = await verdictOn(anAnswer([aResult({ verdict: 'similar' })], { verdict }), { filtered: true })
    expect(heading).toBe(words)
    expect(buttons()).toEqual(['Outline the sheet', 'Search mirrored', 'Clear filters'])
    expect(wrapper.text()).toContain('Only the prints under your filters were searched.')
    for (const button of wrapper.findAll('button')) await button.trigger('click')
    expect(Object.keys(wrapper.findComponent(SearchResultsVerdict).emitted())).toEqual(expect.arrayContaining(['outline', 'mirror', 'clearFilters']))
  })

  it('does not offer what was done', async () => {
    const { buttons } = await verdictOn(anAnswer([aResult()], { verdict: 'not_found' }), { mirrored: true })
    expect(buttons()).toEqual(['Outline the sheet'])
  })

  it('says what the server says where the page has no words for it', async () => {
    const notices = [{ code: 'new_code' as never, message: 'A new sentence.' }]
    const { wrapper } = await verdictOn(anAnswer([aResult()], { verdict: 'not_found', notices }))
    expect(wrapper.find('[data-testid=notice]').text()).toBe('A new sentence.')
  })

  it('does not dwell on what was not checked beside what was found', async () => {
    const notices = [{ code: 'look_not_compared' as const, message: 'x' }]
    const { wrapper } = await verdictOn(anAnswer([aFind()], { verdict: 'same_image', notices }))
    expect(wrapper.find('[data-testid=notice]').exists()).toBe(false)
  })

  it('is none where matches could not be checked', async () => {
    const { heading, buttons } = await verdictOn(anAnswer())
    expect([heading, buttons()]).toEqual(['Prints most like it', []])
  })
})
