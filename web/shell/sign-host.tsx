import { createEffect, createSignal, type JSX, on, onCleanup } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { SignDialog, type SignState } from '../kit/sign-dialog.tsx'
import type { SignerAnswer } from '../workers/sign-messages.ts'
import { placeOfAct } from './act-place.ts'
import { newKey } from './api.ts'
import { serverNowMs } from './clock.ts'
import { askWorker, openCertificates, openKeyFile, openOwnKeys } from './keys.ts'
import { asProblem, isTurnedAway, isUnanswered, Problem } from './problem.ts'
import { viewer } from './session.ts'
import { endSigning, type SentAct, type SignRequest, signRequest, unanswered } from './signer.ts'

const askAfterMs = [2000, 4000, 8000, 15_000, 30_000] as const

const intentOf = ({ purpose, own, place: { tender, lot } }: SignRequest): string =>
  JSON.stringify([purpose, own, tender, lot, viewer()?.party, viewer()?.person])

/** The signing dialog of the whole client, drawn when a page asks for a signature. */
export default function SignHost(): JSX.Element {
  const [state, setState] = createSignal<SignState>({ is: 'opening' })
  const [text, setText] = createSignal<SignerAnswer['prepare'] | null>(null)
  const [chosen, setChosen] = createSignal<string | null>(null)
  let handle = ''
  /** Of the request that is open: a log-out in the middle makes it no other. */
  let intent = ''
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  const refuse = (error: unknown) => setState({ is: 'refused', message: asProblem(error).message })

  async function begin(request: SignRequest): Promise<void> {
    handle = newKey()
    asked = 0
    clearTimeout(timer)
    intent = intentOf(request)
    const sent = unanswered.get(intent)
    setText(sent?.text ?? null)
    setState({ is: 'opening' })
    if (sent) {
      await deliver(request, sent)
      return
    }
    try {
      if (!viewer()) throw new Problem('not-signed-in', 401, t('keys.signInFirst'))
      if (!(await openOwnKeys())) {
        setState({ is: 'no-key' })
        return
      }
      await choose(firstUsable(request), request)
    } catch (error) {
      refuse(error)
    }
  }

  /** The act names its certificate, so another certificate is another act. */
  async function choose(id: string | null, request = signRequest()): Promise<void> {
    const who = viewer()
    setChosen(id)
    if (!id || !request || !who) return
    const place = {
      ...(await placeOfAct()),
      ...(request.place.tender ? { tender: request.place.tender } : {}),
      ...(request.place.lot ? { lot: request.place.lot } : {}),
    }
    const { purpose, own } = request
    const actor = { party: who.party, capacity: who.capacity }
    setText(
      await askWorker({ call: 'prepare', handle, keyId: id, purpose, own, place, who: actor }),
    )
    setState({ is: 'ready' })
  }

  async function sign(): Promise<void> {
    const request = signRequest()
    if (!request) return
    setState({ is: 'signing' })
    try {
      const body = await askWorker({ call: 'sign', handle, nowMs: serverNowMs() })
      await deliver(request, { body, key: newKey(), text: text() })
    } catch (error) {
      refuse(error)
    }
  }

  /** The same bytes under the same key: the platform answers what came of the first sending. */
  async function deliver(request: SignRequest, sent: SentAct): Promise<void> {
    clearTimeout(timer)
    const mine = intent
    const isOpen = () => signRequest() === request
    if (!unanswered.has(mine)) setState({ is: 'sending' })
    else if (state().is !== 'unknown') setState({ is: 'unknown' })
    try {
      const answer = await request.send(sent.body, sent.key)
      unanswered.delete(mine)
      if (isOpen()) endSigning(answer)
    } catch (error) {
      if (isUnanswered(error)) unanswered.set(mine, sent)
      else if (!isTurnedAway(error)) unanswered.delete(mine)
      if (!isOpen()) return
      if (!unanswered.has(mine)) {
        refuse(error)
        return
      }
      const { slug, message } = asProblem(error)
      setState({ is: 'unknown', ...(slug === 'answer-unknown' ? {} : { message }) })
      const waitMs = askAfterMs[Math.min(asked, askAfterMs.length - 1)]
      asked += 1
      timer = setTimeout(() => {
        if (isOpen()) void deliver(request, sent)
      }, waitMs)
    }
  }

  function retry(): void {
    const request = signRequest()
    const sent = unanswered.get(intent)
    if (request && sent) void deliver(request, sent)
    else endSigning(null)
  }

  async function useFile(file: File, passPhrase: string): Promise<void> {
    const request = signRequest()
    setState({ is: 'opening' })
    try {
      await openKeyFile(new Uint8Array(await file.arrayBuffer()), passPhrase)
    } catch (error) {
      // Nothing was opened: the same place asks again, and the act still waits.
      setState({ is: 'no-key', message: asProblem(error).message })
      return
    }
    try {
      if (request) await choose(firstUsable(request), request)
    } catch (error) {
      refuse(error)
    }
  }

  createEffect(
    on(signRequest, (request) => {
      if (request) void begin(request)
    }),
  )

  return (
    <SignDialog
      isOpen={signRequest() !== null}
      state={state()}
      text={text()}
      certificates={usable(signRequest())}
      chosen={chosen()}
      onChoose={(id) => void choose(id).catch(refuse)}
      onKeyFile={(file, passPhrase) => void useFile(file, passPhrase)}
      onSign={() => void sign()}
      onCancel={() => endSigning(null)}
      onRetry={retry}
      verb={signRequest()?.place.verb}
    />
  )
}

/** Certificates that may sign what is asked; a sealed bid is signed by the one that it names. */
const usable = (request: SignRequest | null) => {
  const wanted = request?.place.certificate
  return openCertificates().filter((c) => wanted === undefined || c.sha256 === wanted)
}
const firstUsable = (request: SignRequest): string | null =>
  usable(request).find((c) => !c.isExpired)?.id ?? null
