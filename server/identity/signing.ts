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
  type Act,
  type ActExpectation,
  createCache,
  parseAct,
  type Report,
  TrustError,
  validate,
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

/** What is known of an act before it is asked whose it may be. */
export interface VerifiedAct {
  readonly bytes: Buffer
  readonly container: Buffer
  readonly act: Act
  readonly report: Report
  readonly certSha256: string
  readonly revocation: 'good' | 'unknown'
}

/**
 * Verifies a signed act: its one form and text, its signature, its certificate bound to the party
 * that acts, platform, tender, lot, time. What cannot be told now (revocation unknown) is noted.
 * @throws ProblemError with the slug of the first fault, in the order of `ca-interop.md` §9
 */
export async function verifySigned(platform: Platform, request: SignedRequest): Promise<SignedAct> {
  const { viewer, trade, lot } = request
  const verified = await verifyAct(platform, request, {
    ...(trade ? { tender: trade.id } : {}),
    ...(lot ? { lot } : {}),
  })
  const { act, bytes, container, certSha256, revocation } = verified
  if (act.actor.party !== viewer.party || act.actor.capacity !== viewer.capacity)
    throw new ProblemError('party-other')
  const own = ownFields(act)
  if (
    trade &&
    'subject' in own &&
    canonicalize(own.subject) !== canonicalize(subjectOf(trade, lot ?? undefined))
  )
    throw new ProblemError('act-text-differs')
  await checkBound(platform, viewer, certSha256)
  return {
    digest: createHash('sha256').update(bytes).digest(),
    act: bytes,
    container,
    fields: act,
    own,
    certSha256,
    revocation,
  }
}

/**
 * Verifies all of a signed act but whose it may be: for log-in and for binding a new certificate.
 * @param about what the act must further say: tender, lot, the nonce of a challenge
 * @throws ProblemError with the slug of the first fault
 */
export async function verifyAct(
  platform: Platform,
  signed: Pick<SignedRequest, 'act' | 'signature' | 'purpose'>,
  about: Pick<ActExpectation, 'tender' | 'lot' | 'nonce'> = {},
): Promise<VerifiedAct> {
  const bytes = Buffer.from(signed.act, 'base64url')
  const container = Buffer.from(signed.signature, 'base64url')
  const { trust } = platform
  if (!trust) throw new ProblemError('trust-list-missing')
  try {
    const act = parseAct(bytes)
    const nowMs = platform.store.clock.nowMs()
    const expected = {
      platform: platform.keys.platform,
      purpose: signed.purpose,
      templates,
      ...about,
    }
    const report = await validate(
      container,
      trust.accepted,
      { content: bytes, crls: await trust.crls() },
      nowMs,
      { purpose: signed.purpose === 'log-in' ? 'login' : 'sign', act: expected, cache },
    )
    const undecided = report.verdict === 'indeterminate' && isRevocationOnly(report)
    if (report.verdict !== 'passed' && !undecided)
      throw new ProblemError(report.problem ?? 'signature-bad', detailOf(report))
    const revocation = report.revocation?.status === 'good' ? 'good' : 'unknown'
    return {
      bytes,
      container,
      act,
      report,
      certSha256: report.signer?.certSha256 ?? '',
      revocation,
    }
  } catch (error) {
    if (error instanceof TrustError)
      throw new ProblemError(error.slug, error.detail ? { detail: error.detail } : {})
    throw error
  }
}

/** A certificate authority that is down loses nobody an act: all else must hold. */
function isRevocationOnly(report: Report): boolean {
  return report.checks.every(
    (c) => c.id === 'revocation' || c.result === 'passed' || c.result === 'unchecked',
  )
}

function detailOf(report: Report): Record<string, string> {
  const failed = report.checks.find((c) => c.problems.includes(report.problem as never))
  return failed?.detail ? { detail: failed.detail } : {}
}

/** The certificate is one of the party's own signing certificates, and in its time. */
async function checkBound(platform: Platform, viewer: Viewer, sha256: string): Promise<void> {
  const state = (await platform.store.stream(`party:${viewer.party}`)).state as State
  const bound =
    state.stage === 'registered' &&
    state.certificates.find((c) => c.sha256 === sha256 && c.use === 'sign')
  // A key in one member's hand is no other member's.
  if (!bound || (bound.person !== undefined && bound.person !== viewer.person))
    throw new ProblemError('party-other')
  if (bound.notAfter < iso(platform.store.clock.nowMs()))
    throw new ProblemError('certificate-expired')
}
