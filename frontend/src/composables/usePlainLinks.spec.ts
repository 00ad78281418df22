import { describe, expect, it } from 'vitest'

import { withSetup } from '@/testing/mountAt'

import { usePlainLinks } from './usePlainLinks'

const SEARCH = { name: 'search', query: { image: '12' } } as const

async function clicked(init: MouseEventInit, before?: (event: MouseEvent) => void): Promise<{ address: string; prevented: boolean }> {
  const { result: links, router } = await withSetup(usePlainLinks, '/about')
  const event = new MouseEvent('click', { cancelable: true, ...init })
  before?.(event)
  links.follow(event, SEARCH)
  await new Promise((resolve) => setTimeout(resolve))
  return { address: router.currentRoute.value.fullPath, prevented: event.defaultPrevented }
}

describe('plain links', () => {
  it('are addresses', async () => {
    const { result } = await withSetup(usePlainLinks)
    expect(result.hrefOf(SEARCH)).toBe('/?image=12')
  })

  it('are followed within the page', async () => {
    expect(await clicked({})).toEqual({ address: '/?image=12', prevented: true })
  })

  it.each([[{ ctrlKey: true }], [{ metaKey: true }], [{ shiftKey: true }], [{ altKey: true }], [{ button: 1 }]])('leave %j to the browser', async (init) => {
    expect(await clicked(init)).toEqual({ address: '/about', prevented: false })
  })

  it('are not followed where somebody else has', async () => {
    expect((await clicked({}, (event) => event.preventDefault())).address).toBe('/about')
  })
})
