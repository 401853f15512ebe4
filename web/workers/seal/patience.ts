import { SealError } from './failure.ts'
import type { Caller } from './messages.ts'

/** Waiting for the line: what passes is waited out, what is refused is refused. */

/** Whether to go on, shared by all that is sent for one bid. */
export interface Line {
  readonly caller: Caller
  readonly signal: AbortSignal
  /** Resolves once nothing is paused. */
  readonly whenOpen: () => Promise<void>
  readonly onPause: (run: () => void) => () => void
  readonly say: (state: 'running' | 'broken') => void
  /** Asks the page who is signed in now, and for the token of that session. */
  readonly renew: () => void
  /** So long, or until there is reason to try again: a session, the network, the bidder's word. */
  readonly rest: (ms: number) => Promise<void>
}

/** How often it was tried in vain since something last went well. */
export interface Patience {
  tries: number
}

const restsMs = [1000, 2000, 4000, 8000, 15_000, 30_000] as const

/** Refused at the door: the session has ended, or another one has begun. */
const isAboutSession = ({ slug, status }: SealError): boolean =>
  status === 401 || slug === 'csrf-token-wrong'

/** Whether a refusal is about the moment and not about what is sent. */
export const isPassing = (error: SealError): boolean =>
  error.slug === 'upload-broken' ||
  error.status >= 500 ||
  error.status === 429 ||
  isAboutSession(error)

/**
 * Tries until it is done: a broken line, a log-out, a full queue, a fault of the platform.
 * @param mostTries in vain, one after another
 * @throws SealError what is no matter of the moment; `cancelled`
 */
export async function patiently<T>(
  line: Line,
  attempt: (tries: number) => Promise<T>,
  patience: Patience = { tries: 0 },
  mostTries = Number.POSITIVE_INFINITY,
): Promise<T> {
  for (let all = 0; ; all++) {
    await line.whenOpen()
    if (line.signal.aborted) throw new SealError('cancelled')
    try {
      const value = await attempt(all)
      line.say('running')
      return value
    } catch (error) {
      if (line.signal.aborted) throw new SealError('cancelled')
      if (!(error instanceof SealError) || !isPassing(error)) throw error
      patience.tries += 1
      if (patience.tries >= mostTries) throw error
      line.say('broken')
      if (isAboutSession(error)) line.renew()
      await line.rest(restsMs[Math.min(patience.tries, restsMs.length) - 1])
    }
  }
}
