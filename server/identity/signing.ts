import { createHash } from 'node:crypto'
import { ownFields, templates } from '../acts/act.ts'
import { canonicalize } from '../formats/jcs.ts'
import { iso } from '../kernel/clock.ts'
import type { SignedAct } from '../kernel/operation.ts'
import { ProblemError } from '../kernel/problem.ts'
import type { Viewer } from '../kernel/viewer.ts'
import type { Platform } from '../platform.ts'
import { subjectOf, type Trade } from '../trade.ts'
import {
  actFindings,
  actTimeFinding,
  certSha256,
  createCache,
  parseAct,
  readSignedData,
  TrustError,
  verifySignedData,
} from '../trust/index.ts'
import type { State } from './party/decider.ts'

/** What came with a signed operation, and what it must be about. */
export interface SignedRequest {
  readonly act: string
  readonly signature: string
  readonly purpose: string
  readonly viewer: Viewer
  readonly trade: Trade | null
  readonly lot: string | null
}

const cache = createCache()

/**
 * Verifies a signed act: its one form and text, its signature, its certificate bound to the party
 * that acts, platform, tender, lot, time. What cannot be told now (revocation unknown) is noted.
 * @throws ProblemError with the slug of the first fault, in the order of `ca-interop.md` §9
 */
export async function verifySigned(platform: Platform, request: SignedRequest): Promise<SignedAct> {
  const bytes = Buffer.from(request.act, 'base64url')
  const container = Buffer.from(request.signature, 'base64url')
  try {
    return await verify(platform, request, bytes, container)
  } catch (error) {
    if (error instanceof TrustError)
      throw new ProblemError(error.slug, error.detail ? { detail: error.detail } : {})
    throw error
  }
}

async function verify(
  platform: Platform,
  { purpose, viewer, trade, lot }: SignedRequest,
  bytes: Buffer,
  container: Buffer,
): Promise<SignedAct> {
  const act = parseAct(bytes)
  const signed = readSignedData(container, undefined, cache)
  const findings = [
    ...(await verifySignedData(signed, bytes)),
    ...actFindings(act, {
      platform: platform.keys.platform,
      purpose,
      templates,
      ...(trade ? { tender: trade.id } : {}),
      ...(lot ? { lot } : {}),
    }),
  ]
  const time = actTimeFinding(act, platform.store.clock.nowMs())
  if (time) findings.push(time)
  if (findings.length > 0)
    throw new ProblemError(findings[0].slug, findings[0].detail ? { detail: findings[0].detail } : {})
  const sha256 = certSha256(signed.signer.der)
  if (act.certSha256 !== sha256) throw new ProblemError('signer-other-certificate')
  if (act.actor.party !== viewer.party || act.actor.capacity !== viewer.capacity)
    throw new ProblemError('party-other')
  const own = ownFields(act)
  if (trade && 'subject' in own && canonicalize(own.subject) !== canonicalize(subjectOf(trade, lot ?? undefined)))
    throw new ProblemError('act-text-differs')
  await checkBound(platform, viewer, sha256)
  return {
    digest: createHash('sha256').update(bytes).digest(),
    act: bytes,
    container,
    fields: act,
    own,
    certSha256: sha256,
    revocation: 'good',
  }
}

/** The certificate is one of the party's own signing certificates, and in its time. */
async function checkBound(platform: Platform, viewer: Viewer, sha256: string): Promise<void> {
  const state = (await platform.store.stream(`party:${viewer.party}`)).state as State
  const bound =
    state.stage === 'registered' &&
    state.certificates.find((c) => c.sha256 === sha256 && c.use === 'sign')
  if (!bound) throw new ProblemError('party-other')
  if (bound.notAfter < iso(platform.store.clock.nowMs()))
    throw new ProblemError('certificate-expired')
}
