import { t } from '../i18n/i18n.ts'
import type { EncryptionKey, OpenedCertificate } from '../workers/sign-messages.ts'
import { placeOfAct } from './act-place.ts'
import { newKey, post } from './api.ts'
import { askWorker, encryptionKeys, keepingKeys } from './keys.ts'
import { Problem } from './problem.ts'
import type { Capacity, LoggedIn } from './session.ts'
import type { SignedBody } from './signer.ts'

/** What a certificate of one's own proves by a challenge: at log-in, registration and binding. */
interface Actor {
  readonly party: string
  readonly capacity: Capacity
}
interface BindChallenge {
  readonly nonce: string
  readonly use: 'sign' | 'encrypt'
  readonly certificateSha256: string
  readonly wrap: string | null
}

async function signWith(
  key: OpenedCertificate,
  purpose: 'log-in' | 'bind-certificate',
  own: unknown,
  nonce: string,
  who: Actor,
): Promise<SignedBody> {
  const handle = newKey()
  const place = { ...(await placeOfAct()), nonce }
  await askWorker({ call: 'prepare', handle, keyId: key.id, purpose, own, place, who })
  return askWorker({ call: 'sign', handle, nowMs: place.nowMs })
}

interface LogInChallenge {
  readonly nonce: string
  readonly party: string | null
  readonly capacities: readonly Capacity[]
}
const challenge = (key: OpenedCertificate) =>
  post<LogInChallenge>('/api/session/challenges', { certificate: key.sha256 })

/** As what a certificate may sign in. @throws Problem `certificate-not-registered` */
export async function capacitiesOf(key: OpenedCertificate): Promise<readonly Capacity[]> {
  const { party, capacities } = await challenge(key)
  if (!party || capacities.length === 0)
    throw new Problem('certificate-not-registered', 401, t('keys.notRegistered'))
  return capacities
}

/** Signs in by an opened certificate; the keys stay open for whoever comes in. @throws Problem */
export async function useCertificate(
  key: OpenedCertificate,
  capacity: Capacity,
  entered: (answer: LoggedIn) => Promise<void>,
): Promise<void> {
  const { nonce, party } = await challenge(key)
  if (!party) throw new Problem('certificate-not-registered', 401, t('keys.notRegistered'))
  const signed = await signWith(key, 'log-in', {}, nonce, { party, capacity })
  const answer = await post<LoggedIn>('/api/session', signed)
  await keepingKeys(() => entered(answer))
}

/** The signed act by which a new organisation proves that a certificate is its own. */
export async function proofForRegistration(
  key: OpenedCertificate,
  party: string,
): Promise<SignedBody> {
  const asked = await post<BindChallenge>('/api/parties/challenges', {
    certificate: key.certificate,
  })
  const own = { use: 'sign', certificateSha256: asked.certificateSha256, proof: null }
  const who = { party, capacity: 'orgAdmin' } as const
  return signWith(key, 'bind-certificate', own, asked.nonce, who)
}

/**
 * Binds the signing certificate, then the encryption certificate of the same file: the first signs
 * for itself, the second opens a secret that the first then signs. What is bound already is left.
 * @throws Problem
 */
export async function bindPair(
  key: OpenedCertificate,
  bound: ReadonlySet<string>,
  who: Actor,
): Promise<void> {
  if (!bound.has(key.sha256)) await bindOne(key, key.certificate, null, who)
  for (const one of await encryptionKeys())
    if (!bound.has(one.sha256) && !one.isExpired) await bindOne(key, one.certificate, one, who)
}

async function bindOne(
  key: OpenedCertificate,
  certificate: string,
  encryption: EncryptionKey | null,
  who: Actor,
): Promise<void> {
  const asked = await post<BindChallenge>('/api/party/certificate-challenges', { certificate })
  const proof =
    encryption && asked.wrap
      ? await askWorker({ call: 'unwrap', keyId: encryption.id, wrap: asked.wrap })
      : null
  const own = { use: asked.use, certificateSha256: asked.certificateSha256, proof }
  const signed = await signWith(key, 'bind-certificate', own, asked.nonce, who)
  await post('/api/party/certificates', signed)
}
