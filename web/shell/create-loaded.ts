import { type Accessor, createSignal, onMount } from 'solid-js'

/**
 * What this device or the platform says once, read when the page stands: null until it is there. A
 * resource would be part of going to the page, which then waits for it, and a busy disk may never
 * tell how much room it has.
 * @param read must not fail: what stands for a failure is a value too
 * @returns the value, and a way to read it again
 */
export function createLoaded<T>(
  read: () => Promise<T>,
): [Accessor<T | null>, { reload: () => Promise<void> }] {
  const [value, setValue] = createSignal<T | null>(null)
  const reload = async () => {
    const next = await read()
    setValue(() => next)
  }
  onMount(() => void reload())
  return [value, { reload }]
}
