import { createSignal } from 'solid-js'
import { newKey } from '../shell/api.ts'
import { keepFocus } from '../shell/keep-focus.ts'
import { asProblem, isTurnedAway, isUnanswered } from '../shell/problem.ts'
import { unanswered } from '../shell/signer.ts'

/** One act at a time: which one is under way, and what kept the last one from being done. */
export interface Acting {
  readonly busy: () => string | null
  readonly problem: () => string | null
  readonly setProblem: (text: string | null) => void
  /**
   * @param act is given the name of this intent, 32 characters: a thing that it makes is named by it.
   *   It stays the same until the act's answer is known, so that what is pressed twice is made once
   * @returns whether it was done
   */
  readonly run: (name: string, act: (intent: string) => Promise<unknown>) => Promise<boolean>
}

export function useAct(after: () => Promise<void> | void = () => {}): Acting {
  const [busy, setBusy] = createSignal<string | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  const intents = new Map<string, string>()
  async function run(name: string, act: (intent: string) => Promise<unknown>): Promise<boolean> {
    if (busy() !== null) return false
    const intent = intents.get(name) ?? newKey()
    intents.set(name, intent)
    const goOn = keepFocus()
    setBusy(name)
    setProblem(null)
    try {
      // Null: the signing was cancelled, or an unanswered act was left to be asked for later.
      const done = (await act(intent)) !== null
      if (done || unanswered.size === 0) intents.delete(name)
      if (done) await after()
      return done
    } catch (error) {
      if (!isUnanswered(error) && !isTurnedAway(error)) intents.delete(name)
      setProblem(asProblem(error).message)
      return false
    } finally {
      setBusy(null)
      goOn()
    }
  }
  return { busy, problem, setProblem, run }
}
