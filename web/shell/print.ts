import { createSignal, onCleanup } from 'solid-js'

/** What a printed page is held against: the digest of what it shows, and where that is proven. */
export interface Printout {
  readonly name: string
  /** At once, or looked up when the paper is got ready. */
  readonly digest: string | (() => Promise<string | null>)
  /** Path of the proof, which the code on the paper leads to; none: the page itself. */
  readonly proof?: string
}

/** Readings of the pages that are open; the innermost one comes last and counts. */
const [readings, setReadings] = createSignal<readonly (() => Printout | null)[]>([])
export const printout = (): Printout | null =>
  readings().reduce<Printout | null>((last, read) => read() ?? last, null)

/** Whether the paper's foot is drawn whole: its code is loaded only where somebody may print. */
const [isReady, setReady] = createSignal(false)

export { isReady as isPrintReady }

let asking: Promise<void> | undefined
let draw: (() => Promise<void>) | undefined

/** Set by the foot of the paper: loads what it needs. */
export function whenPrinting(load: () => Promise<void>): void {
  draw = load
}

export function preparePrint(): Promise<void> {
  asking ??= (draw?.() ?? Promise.resolve()).then(
    () => void setReady(true),
    () => {
      asking = undefined // offline: the address and the time are printed all the same
    },
  )
  return asking
}

/** Prints this page once its foot is whole. */
export async function printPage(): Promise<void> {
  await preparePrint()
  window.print()
}

const restMs = 3000
/** Hardly anyone prints from a phone; there the button under the page does it. */
const mayPrintUnasked = () => matchMedia('(min-width: 960px)').matches

/**
 * Names what this page's paper is held against, and gets its foot ready while nothing else is
 * done: a browser's own print command does not wait for anything.
 */
export function usePrintout(read: () => Printout | null): void {
  setReadings((all) => [...all, read])
  const timer = setTimeout(() => {
    if (mayPrintUnasked()) void preparePrint()
  }, restMs)
  onCleanup(() => {
    clearTimeout(timer)
    setReadings((all) => all.filter((one) => one !== read))
  })
}
