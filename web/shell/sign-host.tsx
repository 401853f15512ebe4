import { createEffect, createSignal, type JSX, on } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { SignDialog, type SignState } from '../kit/sign-dialog.tsx'
import type { SignerAnswer } from '../workers/sign-messages.ts'
import { placeOfAct } from './act-place.ts'
import { newKey } from './api.ts'
import { serverNowMs } from './clock.ts'
import { askWorker, openCertificates, openKeyFile, openOwnKeys } from './keys.ts'
import { asProblem, Problem } from './problem.ts'
import { viewer } from './session.ts'
import { endSigning, type SignedBody, type SignRequest, signRequest } from './signer.ts'

/** The signing dialog of the whole client, drawn when a page asks for a signature. */
export default function SignHost(): JSX.Element {
  const [state, setState] = createSignal<SignState>({ is: 'opening' })
  const [text, setText] = createSignal<SignerAnswer['prepare'] | null>(null)
  const [chosen, setChosen] = createSignal<string | null>(null)
  let handle = ''
  let key = ''
  let signed: SignedBody | null = null

  const refuse = (error: unknown) => setState({ is: 'refused', message: asProblem(error).message })

  async function begin(request: SignRequest): Promise<void> {
    handle = newKey()
    key = newKey()
    signed = null
    setText(null)
    setState({ is: 'opening' })
    try {
      if (!viewer()) throw new Problem('not-signed-in', 401, t('shell.key.signInFirst'))
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
      signed = await askWorker({ call: 'sign', handle, nowMs: serverNowMs() })
      await deliver(request, signed)
    } catch (error) {
      refuse(error)
    }
  }

  async function deliver(request: SignRequest, body: SignedBody): Promise<void> {
    if (!request.send) {
      endSigning(body)
      return
    }
    setState({ is: 'sending' })
    try {
      endSigning(await request.send(body, key))
    } catch (error) {
      // The same bytes under the same key: the platform answers what came of the first sending.
      if (error instanceof Problem && error.slug === 'answer-unknown') setState({ is: 'unknown' })
      else refuse(error)
    }
  }

  function retry(): void {
    const request = signRequest()
    if (!request) return
    if (state().is === 'unknown' && signed) void deliver(request, signed)
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
