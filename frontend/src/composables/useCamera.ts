/** The camera of this device, live: what it shows, which one, its light, and one picture of it. */
import { onScopeDispose, ref, type Ref } from 'vue'

/** `asking` for leave, or for the camera to start; `ended`: it was unplugged or taken by something else. */
export type CameraState = 'asking' | 'live' | 'refused' | 'none' | 'busy' | 'ended'

export interface Camera {
  state: Readonly<Ref<CameraState>>
  /** Whether there is another camera to change to. */
  several: Readonly<Ref<boolean>>
  /** Whether its light burns; null where it has none that a page may use. */
  torch: Readonly<Ref<boolean | null>>
  start: () => Promise<void>
  change: () => Promise<void>
  toggleTorch: () => Promise<void>
  /** What it shows now, whole; null when it shows nothing. */
  shoot: () => Promise<File | null>
}

/** More than is sent, so that nothing is lost, and as much as a telephone shows fluently. */
const WANTED = { width: { ideal: 1920 }, height: { ideal: 1440 } }
const QUALITY = 0.92

/** Whether a page may ask for a camera at all: not on an insecure address. */
export function mayUseCamera(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === 'function'
}

/** The state that an error of `getUserMedia` leaves. */
export function stateAfter({ name }: { name: string }): CameraState {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy'
}

/** The device after this one, the first after the last. */
export function nextDevice(devices: readonly string[], now: string | undefined): string | undefined {
  return devices[(devices.indexOf(now ?? '') + 1) % devices.length]
}

function constraintsFor(deviceId: string | undefined): MediaStreamConstraints {
  const which = deviceId === undefined ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: deviceId } }
  return { audio: false, video: { ...which, ...WANTED } }
}

async function cameraIds(): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').map(({ deviceId }) => deviceId)
}

function trackOf(stream: MediaStream | null): MediaStreamTrack | null {
  return stream?.getVideoTracks()[0] ?? null
}

/** One camera after the other, into one element. */
class LiveView implements Camera {
  readonly state = ref<CameraState>('asking')
  readonly several = ref(false)
  readonly torch = ref<boolean | null>(null)
  private stream: MediaStream | null = null
  private wanted: string | undefined
  private turn = 0

  constructor(private readonly video: Readonly<Ref<HTMLVideoElement | null>>) {}

  stop(): void {
    this.turn += 1
    for (const track of this.stream?.getTracks() ?? []) track.stop()
    this.stream = null
    this.torch.value = null
  }

  readonly start = async (): Promise<void> => {
    this.stop()
    const now = this.turn
    this.state.value = 'asking'
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraintsFor(this.wanted))
      // It was left, or another was asked for, while the visitor thought about it.
      if (now !== this.turn) return stream.getTracks().forEach((track) => track.stop())
      await this.show(stream)
      if (now === this.turn) this.state.value = 'live'
    } catch (reason) {
      if (now === this.turn) this.state.value = stateAfter(reason as DOMException)
    }
  }

  private async show(stream: MediaStream): Promise<void> {
    this.stream = stream
    const track = trackOf(stream)
    track?.addEventListener('ended', () => this.end(stream))
    this.torch.value = (track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch ? false : null
    this.several.value = (await cameraIds()).length > 1
    if (this.video.value === null) return
    this.video.value.srcObject = stream
    await this.video.value.play().catch(() => undefined)
  }

  private end(stream: MediaStream): void {
    if (stream !== this.stream) return
    this.stop()
    this.state.value = 'ended'
  }

  readonly change = async (): Promise<void> => {
    this.wanted = nextDevice(await cameraIds(), trackOf(this.stream)?.getSettings().deviceId ?? this.wanted)
    await this.start()
  }

  readonly toggleTorch = async (): Promise<void> => {
    const on = this.torch.value === false
    const light = { advanced: [{ torch: on } as MediaTrackConstraintSet] }
    // A light that does not obey is none.
    await trackOf(this.stream)?.applyConstraints(light).then(() => (this.torch.value = on), () => (this.torch.value = null))
  }

  readonly shoot = (): Promise<File | null> => pictureOf(this.video.value)

  /** A camera that nobody sees is switched off. */
  readonly whenSeen = (): void => {
    if (document.hidden) this.stop()
    else if (this.stream === null) void this.start()
  }
}

/** Runs until it is left, and rests while the page is hidden. */
export function useCamera(video: Readonly<Ref<HTMLVideoElement | null>>): Camera {
  const view = new LiveView(video)
  const stopWatching = watchLeave(() => view.state.value === 'refused' && void view.start())
  document.addEventListener('visibilitychange', view.whenSeen)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', view.whenSeen)
    stopWatching()
    view.stop()
  })
  return view
}

/** Calls when the visitor allows the camera in the browser's own settings. Not every browser tells. */
function watchLeave(onAllowed: () => void): () => void {
  let status: PermissionStatus | null = null
  let left = false
  void navigator.permissions
    ?.query({ name: 'camera' as PermissionName })
    .then((given) => {
      status = given
      given.onchange = () => !left && given.state === 'granted' && onAllowed()
    })
    .catch(() => undefined)
  return () => {
    left = true
    if (status) status.onchange = null
  }
}

async function pictureOf(video: HTMLVideoElement | null): Promise<File | null> {
  if (!video?.videoWidth) return null
  const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight })
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return jpeg && new File([jpeg], 'camera.jpg', { type: 'image/jpeg' })
}
