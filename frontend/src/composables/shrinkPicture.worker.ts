/** Makes a photograph small beside the page, which stays at hand: 50 megapixels take seconds on a telephone. */
import { decode, jpegOf, shrunkSize } from './smallPicture'

addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  const bitmap = await decode(data)
  const jpeg = bitmap && (await jpegOf(bitmap, shrunkSize(bitmap), new OffscreenCanvas(1, 1)))
  bitmap?.close()
  postMessage(jpeg)
})
