import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'

import { withSetup } from '@/testing/mountAt'

import { nextDevice, stateAfter, useCamera } from './useCamera'

class FakeTrack extends EventTarget {
  stopped = false
  constraints: unknown[] = []
  constructor(readonly deviceId: string) {
    super()
  }
  stop(): void {
    this.stopped = true
  }
  getSettings() {
    return { deviceId: this.deviceId }
  }
  getCapabilities() {
    return { torch: true }
  }
  applyConstraints(constraints: unknown): Promise<void> {
    this.constraints.push(constraints)
    return Promise.resolve()
  }
}

/** A device with two cameras; every track that was given. */
function deviceWithTwo(): FakeTrack[] {
  const given: FakeTrack[] = []
  const getUserMedia = ({ video }: { video: { deviceId?: { exact: string } } }) => {
    const track = new FakeTrack(video.deviceId?.exact ?? 'back')
    given.push(track)
    return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] })
  }
  const cameras = ['back', 'front'].map((deviceId) => ({ kind: 'videoinput', deviceId }))
  const mediaDevices = { getUserMedia, enumerateDevices: () => Promise.resolve(cameras) }
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices })
  return given
}

describe('useCamera', () => {
  afterEach(() => void Reflect.deleteProperty(navigator, 'mediaDevices'))

  const video = ref(Object.assign(document.createElement('video'), { play: () => Promise.resolve() }))

  it('shows one camera after the other, and switches off what is left', async () => {
    const given = deviceWithTwo()
    const { result, wrapper } = await withSetup(() => useCamera(video))
    await result.start()
    expect([result.state.value, result.several.value]).toEqual(['live', true])
    await result.change()
    expect(given.map(({ deviceId, stopped }) => [deviceId, stopped])).toEqual([['back', true], ['front', false]])
    wrapper.unmount()
    expect(given[1]?.stopped).toBe(true)
  })

  it('switches off a camera that comes after the view was left', async () => {
    const given = deviceWithTwo()
    const { result, wrapper } = await withSetup(() => useCamera(video))
    const starting = result.start()
    wrapper.unmount()
    await starting
    expect(given[0]?.stopped).toBe(true)
  })

  it('has a light that can be switched', async () => {
    const given = deviceWithTwo()
    const { result } = await withSetup(() => useCamera(video))
    await result.start()
    await result.toggleTorch()
    expect([result.torch.value, given[0]?.constraints]).toEqual([true, [{ advanced: [{ torch: true }] }]])
  })

  it('says that the camera was taken away', async () => {
    const given = deviceWithTwo()
    const { result } = await withSetup(() => useCamera(video))
    await result.start()
    given[0]?.dispatchEvent(new Event('ended'))
    await flushPromises()
    expect(result.state.value).toBe('ended')
  })

  it.each([
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('after %s is %s', (name, state) => {
    expect(stateAfter({ name })).toBe(state)
  })

  it('goes round the cameras', () => {
    expect([nextDevice(['a', 'b'], 'a'), nextDevice(['a', 'b'], 'b'), nextDevice(['a', 'b'], undefined), nextDevice([], 'a')]).toEqual(['b', 'a', 'a', undefined])
  })
})
