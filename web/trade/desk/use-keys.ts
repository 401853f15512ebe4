import { createSignal, onCleanup, onMount } from 'solid-js'

/** Keys of the desk: off while somebody types, while a dialog is open, and where they are switched off. */
const storageKey = 'yg-desk-keys'
const [areOn, setOn] = createSignal(globalThis.localStorage?.getItem(storageKey) !== 'off')

export { areOn as areKeysOn }

export function switchKeys(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  setOn(on)
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** @param run gets the key pressed, and says whether it did something with it */
export function useKeys(run: (key: string) => boolean): void {
  function hear(event: KeyboardEvent): void {
    if (!areOn() || event.defaultPrevented || isTyping(event.target)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('[role="dialog"]')) return
    if (run(event.key)) event.preventDefault()
  }
  onMount(() => document.addEventListener('keydown', hear))
  onCleanup(() => document.removeEventListener('keydown', hear))
}
