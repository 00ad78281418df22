import { describe, expect, it } from 'vitest'

import type { Result } from '@/api/types'
import { eventually } from '@/testing/eventually'
import { aFind, aMatch, anAnswer, anImage, aPrint, aResult } from '@/testing/samples'
import { mountAt } from '@/testing/mountAt'

import MatchEvidence from './MatchEvidence.vue'

async function evidenceOf(results: Result[], address = '/?image=3&evidence=17') {
  const answer = anAnswer(results)
  const props = { answer, result: results[0], subject: { kind: 'image', id: 3 } }
  return mountAt(MatchEvidence, { address, props })
}

describe('the evidence', () => {
  it('says in words what speaks for the result, with the focus on its heading', async () => {
    const { wrapper } = await evidenceOf([aFind()])
    expect(wrapper.find('h1').text()).toBe('La Paresse')
    expect(wrapper.text()).toContain('Same image')
    expect(wrapper.find('[data-testid=evidence-words]').text()).toBe('87 points of your picture lie in the same arrangement on the record.')
    expect(document.activeElement).toBe(wrapper.find('h1').element)
    expect(wrapper.find('a[href="/prints/12"]').exists()).toBe(true)
  })

  it('draws both pictures, their outlines and a line for each pair', async () => {
    const { wrapper } = await evidenceOf([aFind()])
    expect(wrapper.findAll('img').map((image) => image.attributes('src'))).toEqual(['/media/images/3/display/', '/media/images/17/display/'])
    const drawing = wrapper.find('[data-testid=match-drawing]')
    expect(drawing.attributes('aria-label')).toBe('2 matched points, joined by lines')
    expect([drawing.findAll('polygon').length, drawing.findAll('line').length, drawing.findAll('circle').length]).toEqual([2, 2, 4])
    await wrapper.find('input[type=checkbox]').setValue(false)
    expect(drawing.findAll('line')).toHaveLength(0)
  })

  it('joins the points where they are in the pictures', async () => {
    const square = { ...anImage(), width: 100, height: 100 }
    const { wrapper } = await evidenceOf([aFind({ image: square, match: aMatch({ points: [[0, 0, 1, 1]] }) })])
    const line = wrapper.find('line').attributes()
    const [, , width, height] = (wrapper.find('[data-testid=match-drawing]').attributes('viewBox') ?? '').split(' ').map(Number)
    // Below each other in the room of a test, 800 x 600: 1200 x 900 above a square.
    expect([line.x1, line.y1, Number(line.x2), Number(line.y2)].map(Number)).toEqual([0, 0, width, height].map((n) => expect.closeTo(n ?? 0, 6)))
  })

  it('says that it is mirrored, and how much of the record is shown', async () => {
    const match = aMatch({ mirrored: true, record_quad: [[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]] })
    const { wrapper } = await evidenceOf([aFind({ match })])
    const words = wrapper.find('[data-testid=evidence-words]').text()
    expect(words).toContain('mirrored: left and right are exchanged')
    expect(words).toContain('about 25 % of the record')
    expect(wrapper.find('[data-testid=verdict-badge]').text()).toBe('Same image, mirrored')
  })

  it('lays the record over the picture, fainter or stronger', async () => {
    const { wrapper } = await evidenceOf([aFind()], '/?image=3&evidence=17&look=overlay')
    expect(wrapper.find('[data-testid=warped]').attributes('style')).toMatch(/matrix3d\(/)
    const layer = wrapper.find('[data-testid=overlay-layer]')
    expect(layer.attributes('style')).toContain('opacity: 0.5')
    await wrapper.find('[data-testid=opacity]').setValue('80')
    expect(layer.attributes('style')).toContain('opacity: 0.8')
    expect(wrapper.find('[data-testid=opacity]').attributes('aria-valuetext')).toBe('80 %')
  })

  it('lays a record that is shown whole and straight exactly on the picture', async () => {
    const whole = [[0, 0], [1, 0], [1, 1], [0, 1]]
    const { wrapper } = await evidenceOf([aFind({ match: aMatch({ quad: whole }) })], '/?image=3&evidence=17&look=overlay')
    // 800 x 1000 pixels of the record on the 800 x 600 of the stage.
    expect(wrapper.find('[data-testid=warped]').attributes('style')).toContain(
      'matrix3d(1, 0, 0, 0, 0, 0.6, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)',
    )
  })

  it('wipes from one to the other', async () => {
    const { wrapper, router } = await evidenceOf([aFind()])
    await wrapper.find('[data-testid=view-wipe]').trigger('click')
    await eventually(() => expect(router.currentRoute.value.query.look).toBe('wipe'))
    await wrapper.find('[data-testid=wipe]').setValue('30')
    expect(wrapper.find('[data-testid=overlay-layer]').attributes('style')).toMatch(/inset\(0(px)? 0(px)? 0(px)? 30%\)/)
    expect(wrapper.find('[data-testid=view-wipe]').attributes('aria-pressed')).toBe('true')
  })

  it('leads to the other verified results', async () => {
    const other = aFind({ image: anImage(18), print: aPrint({ id: 13, title: 'Le Bain' }) })
    const { wrapper } = await evidenceOf([aFind(), other])
    expect(wrapper.find('nav').text()).toContain('1 of 2')
    expect(wrapper.find('nav a').attributes('href')).toBe('/?image=3&evidence=18')
  })

  it('says so when the browser cannot show the picture', async () => {
    const { wrapper } = await evidenceOf([aFind()])
    await wrapper.findAll('img')[0]?.trigger('error')
    expect(wrapper.text()).toContain('This browser cannot show your picture')
    expect(wrapper.findAll('img')).toHaveLength(0)
  })

  it('shows both pictures of a result that nothing confirms, enlarged together or each for itself', async () => {
    const { wrapper } = await evidenceOf([aResult(), aResult({ image: anImage(18) })])
    expect(wrapper.find('[data-testid=evidence-words]').text()).toContain('Nothing was found in the same arrangement')
    expect(wrapper.find('[data-testid=view-overlay]').exists()).toBe(false)
    expect(wrapper.find('nav').text()).toContain('1 of 2')
    const widths = () => wrapper.findAll('.zoom-pane-content').map((one) => Number.parseFloat((one.element as HTMLElement).style.width))
    const [first = 0, second = 0] = widths()
    await wrapper.findAll('[data-testid=zoom-in]')[0]?.trigger('click')
    expect(widths()).toEqual([expect.closeTo(1.5 * first, 3), expect.closeTo(1.5 * second, 3)])
    await wrapper.find('[data-testid=linked] input').setValue(false)
    await wrapper.findAll('[data-testid=zoom-in]')[1]?.trigger('click')
    expect(widths()).toEqual([expect.closeTo(1.5 * first, 3), expect.closeTo(2.25 * second, 3)])
  })

  it('is left by its button', async () => {
    const { wrapper } = await evidenceOf([aFind()])
    await wrapper.find('[data-testid=evidence-back]').trigger('click')
    expect(wrapper.findComponent(MatchEvidence).emitted('back')).toHaveLength(1)
  })
})

describe('the pane', () => {
  it('zooms by its buttons and by keys', async () => {
    const { wrapper } = await evidenceOf([aFind()])
    const pane = wrapper.find('[data-testid=zoom-pane]')
    const width = () => Number.parseFloat((pane.element.firstElementChild as HTMLElement).style.width)
    const before = width()
    await wrapper.find('[data-testid=zoom-in]').trigger('click')
    expect(width()).toBeCloseTo(1.5 * before, 3)
    await pane.trigger('keydown', { key: '+' })
    expect(width()).toBeCloseTo(2.25 * before, 3)
    await pane.trigger('keydown', { key: '-' })
    await pane.trigger('keydown', { key: '0' })
    expect(width()).toBeCloseTo(before, 3)
    await pane.trigger('keydown', { key: '+', ctrlKey: true })
    expect(width()).toBeCloseTo(before, 3)
  })

  it('zooms by the wheel only when asked to, the rest scrolls the page', async () => {
    const { wrapper } = await evidenceOf([aFind()])
    const pane = wrapper.find('[data-testid=zoom-pane]')
    const plain = new WheelEvent('wheel', { deltaY: -100, cancelable: true })
    const pinch = new WheelEvent('wheel', { deltaY: -100, ctrlKey: true, cancelable: true })
    pane.element.dispatchEvent(plain)
    pane.element.dispatchEvent(pinch)
    expect([plain.defaultPrevented, pinch.defaultPrevented]).toEqual([false, true])
  })
})
