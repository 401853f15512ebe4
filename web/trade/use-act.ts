import { createSignal } from 'solid-js'
import { keepFocus } from '../shell/keep-focus.ts'
import { asProblem } from '../shell/problem.ts'

/** One act at a time: which one is under way, and what kept the last one from being done. */
export interface Acting {
  readonly busy: () => string | null
  readonly problem: () => string | null
  readonly setProblem: (text: string | null) => void
  /** @returns whether it was done */
  readonly run: (name: string, act: () => Promise<unknown>) => Promise<boolean>
}

export function useAct(after: () => Promise<void> | void = () => {}): Acting {
  const [busy, setBusy] = createSignal<string | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  async function run(name: string, act: () => Promise<unknown>): Promise<boolean> {
    if (busy() !== null) return false
    const goOn = keepFocus()
    setBusy(name)
    setProblem(null)
    try {
      // Null: the signing was cancelled, nothing was done.
      const done = (await act()) !== null
      if (done) await after()
      return done
    } catch (error) {
      setProblem(asProblem(error).message)
      return false
    } finally {
      setBusy(null)
      goOn()
    }
  }
  return { busy, problem, setProblem, run }
}
