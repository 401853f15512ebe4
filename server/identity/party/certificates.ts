import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { ownFields } from '../../acts/act.ts'
import { forms } from '../../acts/forms.ts'
import type { AppCall } from '../../app-call.ts'
import type { Actor } from '../../kernel/decider.ts'
import type { SignedAct } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actOf, type Platform } from '../../platform.ts'
import {
  type Certificate,
  certSha256,
  mayReceive,
  partyOf,
  readCertificate,
  readSignedData,
  TrustError,
  validate,
  wrapSecret,
} from '../../trust/index.ts'
import { nonceOf } from '../login/certificate.ts'
import { keepChallenge, takeChallenge } from '../login/challenges.ts'
import { loadParty } from '../members.ts'
import { type VerifiedAct, verifyAct } from '../signing.ts'
import type { BoundCertificate } from './decider.ts'

/**
 * Binding a certificate to its party is an event that its own key has proved: a signing certificate
 * signs the act; an encryption certificate opens a secret, and a bound signing certificate of the
 * party signs that. So nobody binds a key that he only knows the certificate of.
 * @source ca-interop §4 "Binding", "Pair"
 */
interface Asked {
  readonly der: string
  readonly use: 'sign' | 'encrypt'
  /** What only the encryption key opens; null for a signing certificate. */
  readonly secret: string | null
}
export interface SignedBody {
  readonly act: string
  readonly signature: string
}

/** @throws ProblemError with the fault of the certificate */
function read(der: string): Certificate {
  try {
    return readCertificate(Buffer.from(der, 'base64url'))
  } catch (error) {
    if (error instanceof TrustError) throw new ProblemError(error.slug)
    throw error
  }
}

/**
 * The challenge for binding a certificate: a nonce for the act, and for an encryption certificate a
 * wrap to open.
 */
export async function askToBind(platform: Platform, holder: string, der: string) {
  const certificate = read(der)
  const nonce = randomBytes(16).toString('base64url')
  const use = mayReceive(certificate) ? 'encrypt' : 'sign'
  const secret = use === 'encrypt' ? randomBytes(32) : null
  const asked: Asked = { der, use, secret: secret?.toString('base64url') ?? null }
  await keepChallenge(platform, 'bind', holder, nonce, asked)
  return {
    nonce,
    use,
    certificateSha256: certSha256(certificate.der),
    wrap: secret ? Buffer.from(await wrapSecret(secret, certificate)).toString('base64url') : null,
  }
}

/** A certificate that is proved to be the party's own, with the act that proves it. */
export interface ProvedCertificate {
  readonly certificate: BoundCertificate
  readonly signed: SignedAct
}

/**
 * Checks the act that binds a certificate.
 * @param party whose it must be: the act's own actor, too
 * @throws ProblemError `challenge-used`, `party-other`, `revocation-unknown`, `proof-differs`, or the
 *   first fault of signature or certificate
 */
export async function proveCertificate(
  platform: Platform,
  holder: string,
  actor: Actor,
  body: SignedBody,
): Promise<ProvedCertificate> {
  const nonce = nonceOf(body.act)
  const asked = await takeChallenge<Asked>(platform, 'bind', holder, nonce)
  const verified = await verifyAct(platform, { ...body, purpose: 'bind-certificate' }, { nonce })
  if (verified.revocation !== 'good') throw new ProblemError('revocation-unknown')
  const { act } = verified
  if (act.actor.party !== actor.party || act.actor.capacity !== actor.capacity)
    throw new ProblemError('party-other')
  const certificate = read(asked.der)
  const sha256 = certSha256(certificate.der)
  const own = forms['bind-certificate'].parse(ownFields(act))
  if (own.certificateSha256 !== sha256 || own.use !== asked.use)
    throw new ProblemError('proof-differs')
  if (asked.use === 'sign') {
    if (verified.certSha256 !== sha256) throw new ProblemError('signer-other-certificate')
    await checkPerson(platform, actor.party, certificate)
  } else await checkEncryption(platform, actor.party, certificate, verified, asked, own.proof)
  return {
    certificate: {
      sha256,
      use: asked.use,
      der: asked.der,
      notAfter: new Date(certificate.notAfter).toISOString(),
    },
    signed: {
      digest: createHash('sha256').update(verified.bytes).digest(),
      act: verified.bytes,
      container: verified.container,
      fields: act,
      own,
      certSha256: verified.certSha256,
      revocation: 'good',
    },
  }
}

/** A pool expert's certificate is the person's own: by the keyed hash of the id number. */
async function checkPerson(
  platform: Platform,
  id: string,
  certificate: Certificate,
): Promise<void> {
  const party = await loadParty(platform, id)
  if (party?.kind !== 'person') return
  const { idNumber } = partyOf(certificate)
  if (!idNumber || idNumberHash(platform, idNumber) !== party.expert?.idNumberHash)
    throw new ProblemError('party-other')
}

/** Keyed: the number itself is never kept, and nobody without the key can try numbers. */
export const idNumberHash = (platform: Platform, idNumber: string): string =>
  platform.keys.name('id-number', idNumber.trim().toUpperCase()).toString('base64url')

async function checkEncryption(
  platform: Platform,
  id: string,
  certificate: Certificate,
  verified: VerifiedAct,
  asked: Asked,
  proof: string | null,
): Promise<void> {
  const { trust } = platform
  const party = await loadParty(platform, id)
  const isBound = party?.certificates.some(
    (c) => c.use === 'sign' && c.sha256 === verified.certSha256,
  )
  if (!isBound || !trust) throw new ProblemError('party-other')
  const given = Buffer.from(proof ?? '', 'base64url')
  const wanted = Buffer.from(asked.secret ?? '', 'base64url')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new ProblemError('proof-differs')
  const report = await validate(
    certificate.der,
    trust.accepted,
    { crls: await trust.crls(), certificates: chainOf(verified) },
    platform.store.clock.nowMs(),
    { purpose: 'encrypt', party: id },
  )
  if (report.verdict !== 'passed') throw new ProblemError(report.problem ?? 'certificate-malformed')
}

/** Issuing certificates come with the act's container; the pair is of one issuer. */
function chainOf({ container }: VerifiedAct): Uint8Array[] {
  return readSignedData(container).certificates.map((c) => c.der)
}

/** Appends the binding, by the act that proved it. */
export function bind(call: AppCall, actor: Actor, { certificate, signed }: ProvedCertificate) {
  return actOf(call.platform, {
    kind: 'party',
    id: actor.party,
    project: null,
    command: { type: 'bindCertificate', certificate },
    actor,
    signed,
  })
}
