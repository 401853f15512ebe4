import { createSignal } from 'solid-js'
import type { ActForm, Purpose } from '../../server/acts/forms.ts'
import type { SignerAnswer } from '../workers/sign-messages.ts'

/**
 * Signing from a page: one dialog for all acts. `signAndSend` shows and signs an act and posts it, keeps
 * the dialog until the platform has answered, and looks an unanswered act up by its key instead of
 * repeating it.
 */
export interface SignPlace {
  /** Project id, and lot id where the act is about a lot. */
  readonly tender?: string
  readonly lot?: string
  /** Verb of the button. */
  readonly verb?: string
  /** SHA-256 of the one certificate that may sign: a sealed bid names it. */
  readonly certificate?: string
}
export interface SignedBody {
  readonly act: string
  readonly signature: string
}

/** A request that the dialog serves. */
export interface SignRequest {
  readonly purpose: Purpose
  readonly own: unknown
  readonly place: SignPlace
  readonly send: (body: SignedBody, key: string) => Promise<unknown>
  readonly resolve: (value: unknown) => void
}

/** An act that was signed and sent, with the key under which its answer is asked for. */
export interface SentAct {
  readonly body: SignedBody
  readonly key: string
  readonly text: SignerAnswer['prepare'] | null
}

/**
 * Acts that no answer came to, by what they are: whoever asks for the same again signs nothing anew,
 * the same bytes go out under the same key until their answer is known. Gone with the page.
 */
export const unanswered = new Map<string, SentAct>()

const [request, setRequest] = createSignal<SignRequest | null>(null)

export { request as signRequest }

/** Called by the dialog once it is done, with what it came to; null: cancelled, nothing was done. */
export function endSigning(value: unknown): void {
  const open = request()
  setRequest(null)
  open?.resolve(value)
}

function ask(wish: Omit<SignRequest, 'resolve'>): Promise<unknown> {
  if (request()) return Promise.resolve(null) // one dialog at a time
  // An act is JSON; what a page read may be a store's proxy, which no worker can be handed.
  const own = JSON.parse(JSON.stringify(wish.own)) as unknown
  return new Promise((resolve) => setRequest({ ...wish, own, resolve }))
}

/**
 * Shows the act, signs it, posts it.
 * @param send posts the body under the key that it is given
 * @returns the platform's answer, or null where it was cancelled; a refusal is shown in the dialog
 */
export function signAndSend<P extends Purpose, T>(
  purpose: P,
  own: ActForm<P>,
  place: SignPlace,
  send: (body: SignedBody, key: string) => Promise<T>,
): Promise<T | null> {
  return ask({ purpose, own, place, send }) as Promise<T | null>
}
