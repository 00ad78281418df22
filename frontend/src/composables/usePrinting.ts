import { nextTick, ref, type Ref } from 'vue'

/** So many results of a kind are on paper; the style of the printed page says the same. */
export const PRINTED = 12

/** Prints the page; pictures that would come only when they are scrolled to are asked for first. */
export function usePrinting(): { printing: Readonly<Ref<boolean>>; print: () => Promise<void> } {
  const printing = ref(false)

  async function print(): Promise<void> {
    printing.value = true
    await nextTick()
    const pictures = [...document.querySelectorAll<HTMLImageElement>('[data-result] img[loading=eager]')]
    await Promise.allSettled(pictures.map((picture) => picture.decode()))
    window.print()
    printing.value = false
  }

  return { printing, print }
}
