/** Named types beside image/*: some systems do not count HEIC, AVIF or TIFF among the images. */
export const PICTURE_TYPES = 'image/*,.heic,.heif,.avif,.tif,.tiff'

/** What was chosen with a file input, which is emptied, so that choosing the same file again is a change again. */
export function chosenFiles(event: Event): File[] {
  const input = event.target as HTMLInputElement
  const files = [...(input.files ?? [])]
  input.value = ''
  return files
}
