import { createHash } from 'node:crypto'
import { ownFields, templates } from '../acts/act.ts'
import { canonicalize } from '../formats/jcs.ts'
import { iso } from '../kernel/clock.ts'
import type { SignedAct } from '../kernel/operation.ts'
import { ProblemError } from '../kernel/problem.ts'
import type { Viewer } from '../kernel/viewer.ts'
import type { Platform } from '../platform.ts'
import { subjectOf, type Trade } from '../trade.ts'
import { createCache, parseAct, type Report, TrustError, validate } from '../trust/index.ts'
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
  const { trust } = platform
  if (!trust) throw new ProblemError('trust-list-missing')
  const act = parseAct(bytes)
  const nowMs = platform.store.clock.nowMs()
  const report = await validate(
    container,
    trust.accepted,
    { content: bytes, crls: await trust.crls() },
    nowMs,
    {
      act: {
        platform: platform.keys.platform,
        purpose,
        templates,
        ...(trade ? { tender: trade.id } : {}),
        ...(lot ? { lot } : {}),
      },
      cache,
    },
  )
  const revocation = report.revocation?.status === 'good' ? 'good' : 'unknown'
  const undecided = report.verdict === 'indeterminate' && isRevocationOnly(report)
  if (report.verdict !== 'passed' && !undecided)
    throw new ProblemError(report.problem ?? 'signature-bad', detailOf(report))
  const sha256 = report.signer?.certSha256 ?? ''
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
    revocation,
  }
}

/** A certificate authority that is down loses nobody an act: all else must hold. */
function isRevocationOnly(report: Report): boolean {
  return report.checks.every((c) => c.id === 'revocation' || c.result === 'passed' || c.result === 'unchecked')
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
  if (!bound) throw new ProblemError('party-other')
  if (bound.notAfter < iso(platform.store.clock.nowMs()))
    throw new ProblemError('certificate-expired')
}
