import { describe, expect, it } from 'vitest'

import { ApiError } from '@/api/errors'
import { mountAt } from '@/testing/mountAt'

import LoadMore from './LoadMore.vue'

const PROPS = { status: 'done', error: null, retryIn: null, shown: 60, total: 648 }

describe('the end of a list', () => {
  it('leads to the next page and says how much is left', async () => {
    const { wrapper } = await mountAt(LoadMore, { props: PROPS })
    await wrapper.find('[data-testid=more]').trigger('click')
    expect(wrapper.text()).toBe('Show more (60 of 648)')
    expect(wrapper.emitted('more')).toHaveLength(1)
  })

  it.each([
    ['everything is shown', { shown: 648 }],
    ['nothing is known yet', { shown: 0, total: null }],
  ])('is nothing where %s', async (_, part) => {
    const { wrapper } = await mountAt(LoadMore, { props: { ...PROPS, ...part } })
    expect(wrapper.text()).toBe('')
  })

  it('says why the next page did not come, and tries again', async () => {
    const { wrapper } = await mountAt(LoadMore, { props: { ...PROPS, status: 'failed', error: new ApiError('unreachable', '') } })
    await wrapper.find('[data-testid=error] button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })
})
