import { nextTick, useTemplateRef, type Ref } from 'vue'

/** A list in a form, whose rows are added, changed and taken out. Its frame has `ref="frame"`, the button that adds `data-add`. */
export function useEditedList<Row extends object>(rows: Ref<Row[]>, empty: () => Row) {
  const frame = useTemplateRef<HTMLElement>('frame')

  async function focus(selector: string): Promise<void> {
    await nextTick()
    frame.value?.querySelector<HTMLElement>(selector)?.focus()
  }

  function change(index: number, part: Partial<Row>): void {
    rows.value = rows.value.map((row, at) => (at === index ? { ...row, ...part } : row))
  }

  function add(): Promise<void> {
    rows.value = [...rows.value, empty()]
    return focus('li:last-child input')
  }

  /** The button that took it out is gone with it: the keyboard goes on from the one that stays. */
  function remove(index: number): Promise<void> {
    rows.value = rows.value.filter((_, at) => at !== index)
    return focus('[data-add]')
  }

  return { change, add, remove }
}
