/** Each way of asking with a picture: camera, file, drop, paste, address; and what may happen to it on the way. */
import type { Page } from '@playwright/test'

import { AVIF, chooseLarge, HEIC, turned, watchSending } from './photographs'
import { WITH_A_CAMERA } from './playwright.config'
import { firstPrint, picture } from './prints'
import { accessibilityProblems, expect, sidewaysScroll, test } from './test'

test.use({ launchOptions: WITH_A_CAMERA })

const SEARCHES = '**/api/v1/searches/'
const queryPicture = (page: Page) => page.getByTestId('query-picture')
const notice = (page: Page) => page.getByTestId('error')

/** A real answer of the server, given to every search from now on: these tests are about what is sent. */
async function answerAll(page: Page): Promise<void> {
  const { id } = (await firstPrint(page.request)).image
  const answer = await page.request.post('/api/v1/searches/', { multipart: { image_id: String(id), limit: '3' } })
  const json: unknown = await answer.json()
  await page.route(SEARCHES, (route) => route.fulfill({ json }))
}

async function firstPicture(page: Page): Promise<Buffer> {
  return (await picture(page.request)).buffer
}

async function choose(page: Page, buffer: Buffer, name = 'print.jpg', mimeType = 'image/jpeg'): Promise<void> {
  await page.getByTestId('choose').setInputFiles({ name, mimeType, buffer })
}

/** A drop or a paste, of files (by their bytes) or of texts by their type. */
async function bring(page: Page, event: 'drop' | 'paste', content: { texts?: Record<string, string>; picture?: Buffer }): Promise<void> {
  const { texts = {}, picture } = content
  await page.evaluate(
    ([kind, parts, base64]) => {
      const transfer = new DataTransfer()
      for (const [type, text] of Object.entries(parts)) transfer.setData(type, text)
      const bytes = base64 && Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      if (bytes) transfer.items.add(new File([bytes], 'print.jpg', { type: 'image/jpeg' }))
      const options = { bubbles: true, cancelable: true, dataTransfer: transfer, clipboardData: transfer }
      document.body.dispatchEvent(kind === 'drop' ? new DragEvent('drop', options) : new ClipboardEvent('paste', options))
    },
    [event, texts, picture?.toString('base64') ?? ''] as const,
  )
}

test('the start page offers them by name, and fits', async ({ page, isMobile, shoot }) => {
  await page.goto('/')
  await expect(page.getByLabel('Choose a picture')).toBeAttached()
  await expect(page.getByText('Take a photo')).toBeVisible({ visible: isMobile })
  await expect(page.getByRole('button', { name: 'Live camera' })).toBeVisible()
  await expect(page.getByLabel('Or the address of a picture on the web')).toBeVisible()
  expect(await sidewaysScroll(page)).toBe(0)
  await shoot('ways-in')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the live camera is asked, aimed, released, and its picture searched for', async ({ page, shoot }) => {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(window, { cameraTracks: tracks })
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
  const sent = await watchSending(page)
  const states = () => page.evaluate(() => (window as unknown as { cameraTracks: MediaStreamTrack[] }).cameraTracks.map((track) => track.readyState))
  await page.goto('/')
  await answerAll(page)
  await page.getByTestId('live-camera').click()
  const view = page.getByTestId('live-view')
  await expect(view).toHaveAttribute('data-state', 'live')
  await expect(page.getByTestId('camera-shoot')).toBeFocused()
  await shoot('live-camera')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(view).toBeHidden()
  await expect.poll(states).toEqual(['ended'])

  await page.getByTestId('live-camera').click()
  await expect(view).toHaveAttribute('data-state', 'live')
  await page.getByTestId('camera-shoot').click()
  await expect(page).toHaveURL(/\?upload=\d+$/)
  await expect(queryPicture(page)).toHaveAttribute('src', /^blob:/)
  await expect.poll(states).toEqual(['ended', 'ended'])
  await expect.poll(sent).toMatchObject([{ type: 'image/jpeg', name: 'camera.jpg' }])
})

test('a camera that is refused says how to allow it, and works once it is allowed', { tag: '@desktop' }, async ({ page, shoot }) => {
  await page.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    let refused = false
    navigator.mediaDevices.getUserMedia = (wanted) => {
      if (refused) return ask(wanted)
      refused = true
      return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
    }
  })
  await page.goto('/')
  await page.getByTestId('live-camera').click()
  await expect(page.getByTestId('live-view')).toContainText('set Camera to “Allow”')
  await shoot('camera-refused')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByTestId('camera-again').click()
  await expect(page.getByTestId('live-view')).toHaveAttribute('data-state', 'live')
})

test('a picture is dropped anywhere, and pasted', { tag: '@desktop' }, async ({ page }) => {
  await page.goto('/')
  await answerAll(page)
  const picture = await firstPicture(page)
  for (const event of ['drop', 'paste'] as const) {
    const before = page.url()
    await bring(page, event, { picture })
    await expect(page).not.toHaveURL(before)
    await expect(page).toHaveURL(/\?upload=\d+$/)
    await expect(queryPicture(page)).toHaveAttribute('src', /^blob:/)
  }
})

test('an address is typed, pasted and dropped; the server fetches it, never the page', { tag: '@desktop' }, async ({ page, shoot }) => {
  const asked: string[] = []
  await page.goto('/')
  await answerAll(page)
  page.on('request', (request) => request.method() === 'POST' && asked.push(/name="url"\s+(\S+)/.exec(request.postData() ?? '')?.[1] ?? ''))
  const field = page.getByTestId('address')
  await field.fill('not an address')
  await field.press('Enter')
  await expect(page.getByText('This is not a web address.')).toBeVisible()
  await field.fill('example.org/prints/Gr%C3%BCn.jpg')
  await field.press('Enter')
  await expect(page).toHaveURL('/?url=https://example.org/prints/Gr%25C3%25BCn.jpg')
  await expect(page.getByTestId('picture-placeholder')).toContainText('example.orgGrün.jpg')
  await expect(page.getByTestId('result').first()).toBeVisible()
  await shoot('address')
  await bring(page, 'paste', { texts: { 'text/plain': 'https://example.org/pasted.jpg' } })
  await expect(page.getByTestId('picture-placeholder')).toContainText('pasted.jpg')
  await bring(page, 'drop', { texts: { 'text/uri-list': 'https://example.org/page', 'text/html': '<img src="https://example.org/dropped.jpg">' } })
  await expect(page.getByTestId('picture-placeholder')).toContainText('dropped.jpg')
  await expect.poll(() => asked).toEqual(['https://example.org/prints/Gr%C3%BCn.jpg', 'https://example.org/pasted.jpg', 'https://example.org/dropped.jpg'])
})

test('what is no picture is refused before anything is sent', async ({ page, shoot }) => {
  const posted: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posted.push(request.url()))
  await page.goto('/')
  const refused: [string, Buffer, string][] = [
    ['empty.jpg', Buffer.alloc(0), 'is empty'],
    ['film.mp4', Buffer.from('\0\0\0\x18ftypmp42'), 'is a video'],
    ['scan.pdf', Buffer.from('%PDF-1.7'), 'is a PDF'],
    ['notes.jpg', Buffer.from('words'), 'is not a picture that can be searched for. These are: JPEG, PNG'],
  ]
  for (const [name, bytes, sentence] of refused) {
    await choose(page, bytes, name)
    await expect(notice(page)).toContainText(`“${name}” ${sentence}`)
  }
  await shoot('refused-here')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByTestId('dismiss-refusal').click()
  await expect(notice(page)).toBeHidden()
  await bring(page, 'paste', { texts: { 'text/plain': 'La Paresse' } })
  await expect(notice(page)).toContainText('neither a picture nor the address of one')
  expect([posted, new URL(page.url()).search]).toEqual([[], ''])
})

test('all eight EXIF orientations send the same upright picture, without EXIF', { tag: '@desktop' }, async ({ page }) => {
  const sent = await watchSending(page)
  await page.goto('/')
  await answerAll(page)
  for (let orientation = 1; orientation <= 8; orientation++) {
    const { name, mimeType, buffer } = await turned(page, orientation)
    await choose(page, buffer, name, mimeType)
    await expect.poll(async () => (await sent()).length).toBe(orientation)
  }
  for (const { name, width, height, quarters } of await sent()) {
    expect([name, width, height]).toEqual([name, 240, 160])
    for (const [index, grey] of [20, 90, 160, 230].entries()) expect(Math.abs((quarters[index] ?? 0) - grey), `${name}, quarter ${index}`).toBeLessThan(8)
  }
})

test('AVIF is sent as JPEG; HEIC, which this browser cannot show, as it is', { tag: '@desktop' }, async ({ page, shoot }) => {
  const sent = await watchSending(page)
  await page.goto('/')
  await choose(page, AVIF.buffer, AVIF.name, AVIF.mimeType)
  await expect(page.getByTestId('result').first()).toBeVisible()
  await choose(page, HEIC.buffer, HEIC.name, HEIC.mimeType)
  await expect(page.getByTestId('picture-placeholder')).toContainText('IMG_0042.HEIC')
  await expect(page.getByTestId('result').first()).toBeVisible()
  await shoot('heic')
  expect(await sent()).toMatchObject([{ type: 'image/jpeg', width: 160, height: 120 }, { type: 'image/heic', bytes: HEIC.buffer.length }])
})

test('50 megapixels are made small beside the page and sent as less than a megabyte', { tag: '@desktop' }, async ({ page }) => {
  const sent = await watchSending(page)
  let workers = 0
  page.on('worker', () => void (workers += 1))
  await page.goto('/')
  await answerAll(page)
  const bytes = await chooseLarge(page)
  await expect.poll(async () => (await sent()).length).toBe(1)
  const [small] = await sent()
  expect(small).toMatchObject({ type: 'image/jpeg', width: 1600, height: 1067 })
  expect(small?.bytes).toBeLessThan(1_000_000)
  expect(workers).toBe(1)
  console.log(`50 megapixels: ${bytes} bytes chosen, ${small?.bytes} sent`)
})

test('a reload in the middle of a search, and the way back, find the picture again', async ({ page }) => {
  await page.goto('/')
  await answerAll(page)
  // The first search is never answered: the telephone throws the page away while it runs.
  await page.route(SEARCHES, () => undefined, { times: 1 })
  const asked = page.waitForRequest((request) => request.method() === 'POST')
  await choose(page, await firstPicture(page))
  await asked
  await expect(page).toHaveURL(/\?upload=\d+$/)
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
  await page.reload()
  await expect(queryPicture(page)).toHaveAttribute('src', /^blob:/)
  await expect(page.getByTestId('result').first()).toBeVisible()
  await page.goto('/about')
  await page.goBack()
  await expect(queryPicture(page)).toHaveAttribute('src', /^blob:/)
  await expect(page.getByTestId('result').first()).toBeVisible()

  // An hour later it is gone from this device.
  await page.evaluate(makeOld)
  await page.reload()
  await expect(notice(page)).toContainText('this one is no longer here')
  expect(await accessibilityProblems(page)).toEqual([])
})

/** As if what this device keeps had been chosen an hour ago. */
function makeOld(): Promise<void> {
  return new Promise((resolve) => {
    indexedDB.open('recto').onsuccess = (event) => {
      const database = (event.target as IDBOpenDBRequest).result
      const transaction = database.transaction('pictures', 'readwrite')
      const table = transaction.objectStore('pictures')
      table.getAll().onsuccess = (all) => (all.target as IDBRequest<{ at: number }[]>).result.forEach((one) => table.put({ ...one, at: one.at - 3_600_000 }))
      transaction.oncomplete = () => (database.close(), resolve())
    }
  })
}

test('over a slow network it is seen how far it is, and it can be given up', async ({ page }) => {
  await page.goto('/')
  const session = await page.context().newCDPSession(page)
  const picture = await firstPicture(page)
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 2_000 })
  await choose(page, picture)
  await expect(page.getByTestId('summary')).toHaveText(/^Sending the picture/)
  const bar = page.getByRole('progressbar')
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
  expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByTestId('choose')).toBeAttached()
  await expect(bar).toHaveCount(0)
})

test('after a failed connection the same picture is sent again', { tag: '@desktop' }, async ({ page, allowComplaints }) => {
  allowComplaints(/ERR_FAILED/)
  const sent = await watchSending(page)
  await page.goto('/')
  await answerAll(page)
  await page.route(SEARCHES, (route) => route.abort(), { times: 1 })
  await choose(page, await firstPicture(page))
  await expect(notice(page)).toContainText('The server cannot be reached.')
  await notice(page).getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByTestId('result').first()).toBeVisible()
  expect((await sent()).map(({ bytes }) => bytes)).toEqual(Array(2).fill((await sent())[0]?.bytes))
})
