import { createSignal } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import type {
  EncryptionKey,
  OpenedCertificate,
  SignerAnswer,
  SignerCall,
} from '../workers/sign-messages.ts'
import { get, getBytes } from './api.ts'
import { Problem } from './problem.ts'
import { isDemo, onSessionChange, viewer } from './session.ts'

/** The keys that are open on this device: in a worker's memory, gone with the session or the page. */
let worker: Worker | null = null
let count = 0
const waiting = new Map<
  number,
  { resolve: (value: unknown) => void; reject: (error: Error) => void }
>()
const [certificates, setCertificates] = createSignal<readonly OpenedCertificate[]>([])

export { certificates as openCertificates }

/** The first opened certificate that may sign now. */
export const usableCertificate = (): OpenedCertificate | null =>
  certificates().find((one) => !one.isExpired) ?? null

function workerOf(): Worker {
  if (worker) return worker
  worker = new Worker(new URL('../workers/sign.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', (event: MessageEvent) => {
    const { id, value, problem } = event.data as { id: number; value?: unknown; problem?: string }
    const one = waiting.get(id)
    waiting.delete(id)
    if (problem === undefined) one?.resolve(value)
    else one?.reject(keyProblem(problem))
  })
  return worker
}

function keyProblem(slug: string): Problem {
  if (slug === 'pkcs12-wrong-password') return new Problem(slug, 0, t('keys.wrongPassPhrase'))
  if (slug.startsWith('pkcs12-')) return new Problem(slug, 0, t('keys.unreadable'))
  console.error(slug)
  return new Problem(slug, 0, t('keys.failed'))
}

/** Asks the worker. @throws Problem */
export function askWorker<C extends SignerCall>(call: C): Promise<SignerAnswer[C['call']]> {
  count += 1
  const id = count
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    workerOf().postMessage({ id, call })
  })
}

/** Opens a key file of the person's own. @throws Problem: wrong pass phrase, no key in it */
export async function openKeyFile(bytes: Uint8Array, passPhrase: string): Promise<void> {
  setCertificates(await askWorker({ call: 'open', bytes, passPhrase }))
}

/** Encryption keys that are open; each can be handed to the sealing worker, and read by nobody. */
export const encryptionKeys = (): Promise<readonly EncryptionKey[]> =>
  askWorker({ call: 'encryption' })

interface DemoIdentityRow {
  readonly id: string
  readonly party: { readonly id: string }
}

/** In the demo the identity's key file is at hand; false where the person must open one. */
export async function openOwnKeys(): Promise<boolean> {
  if (certificates().length > 0) return true
  const who = viewer()
  if (!isDemo() || !who) return false
  const all = await get<DemoIdentityRow[]>('/api/demo/identities')
  const mine = all.find((one) => one.party.id === who.party)
  if (!mine) return false
  await openKeyFile(await getBytes(`/api/demo/identities/${mine.id}/p12`), 'demo')
  return true
}

let isKept = false
/** Changes who is signed in by the keys that are open: they stay open for whoever comes in. */
export async function keepingKeys(change: () => Promise<void>): Promise<void> {
  isKept = true
  try {
    await change()
  } finally {
    isKept = false
  }
}

/** Closes all keys: the memory that held them is gone. */
export function forgetKeys(): void {
  worker?.terminate()
  worker = null
  for (const one of waiting.values()) one.reject(new Problem('session-expired', 401, ''))
  waiting.clear()
  setCertificates([])
}

onSessionChange(() => {
  if (!isKept) forgetKeys()
})
