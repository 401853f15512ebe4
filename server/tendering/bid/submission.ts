import { z } from 'zod'
import type { ActForm } from '../../acts/forms.ts'
import type { AppCall } from '../../app-call.ts'
import { fromB64u } from '../../formats/bytes.ts'
import type { Detail } from '../../kernel/decider.ts'
import { pass } from '../../kernel/fault.ts'
import { RawAnswer, type RefusedCall, type SignedAct } from '../../kernel/operation.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, loadBid, type Platform } from '../../platform.ts'
import { withSignedRefusal } from '../../refusal.ts'
import {
  type CheckedBid,
  checkSubmission,
  type ExpectedBid,
  p256Suite,
  productSizes,
} from '../../sealing/index.ts'
import type { Trade } from '../../trade.ts'
import { problems as trustTexts } from '../../trust/problems.ts'
import { findBlob } from '../../vault/blobs.ts'
import { keepEnvelope } from '../../vault/envelopes.ts'
import { wrapDigest } from '../../vault/wraps.ts'
import type { Command, State, Submission } from './decider.ts'
import { receiptedActs, receiptNonce, receiptOf } from './receipts.ts'

/** What a bid of this party, sealed now, must be for. */
export function expectedBid(
  platform: Platform,
  trade: Trade,
  lot: string,
  party: string,
  certSha256: string,
): ExpectedBid {
  const { project } = trade
  if (project.stage !== 'published') throw new ProblemError('not-found')
  return {
    platform: platform.keys.platform,
    tender: trade.id,
    lot,
    part: 'whole',
    document: { version: project.version, sha256: project.documentSha256 },
    bidder: { party, certSha256 },
    board: null,
    suites: [p256Suite],
  }
}

/** The receipt of an act of the caller's own that was taken before; null where there is none. */
export async function knownReceipt(call: AppCall, act: string): Promise<string | null> {
  const { party } = call.viewer as Viewer
  const { project } = call.trade as Trade
  const deadline = project.stage === 'published' ? project.bidDeadline : ''
  const acts = await receiptedActs(call.platform, call.params.lot, party, deadline)
  const found = acts.find((one) => one.act === act)
  return found ? receiptOf(call.platform, found) : null
}

/** An answer whose bytes are the receipt's own. */
export const receiptAnswer = (text: string, status = 201): RawAnswer =>
  new RawAnswer(
    new Response(text, {
      status,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    }),
  )

/**
 * Takes a sealed bid: checks it whole (`sealing-ledger.md` §5, in that order), keeps its envelope,
 * appends the act against the database's clock, and answers with the receipt. The same act again,
 * also after a crash at any point, answers with the same receipt.
 */
export async function submitBid(call: AppCall): Promise<RawAnswer> {
  const { platform } = call
  const viewer = call.viewer as Viewer
  const signed = call.signed as SignedAct
  const digest = Buffer.from(signed.digest).toString('base64url')
  const known = await knownReceipt(call, digest)
  if (known) return receiptAnswer(known)
  if (await platform.store.isKeyUsed(actorOf(viewer), call.key as string))
    throw new ProblemError('key-reused')
  try {
    await append(call)
  } catch (error) {
    // The same act may have gone in on another connection meanwhile: then it stands.
    const meanwhile = error instanceof ProblemError ? await knownReceipt(call, digest) : null
    if (!meanwhile) throw error
  }
  pass('submit-after-commit')
  const receipt = await knownReceipt(call, digest)
  if (!receipt) throw new Error('a bid that was taken has no event')
  pass('submit-before-reply')
  return receiptAnswer(receipt)
}

async function append(call: AppCall): Promise<void> {
  const { platform } = call
  const viewer = call.viewer as Viewer
  const material = (call.body as { with: { envelope: string; wrap: string | null } }).with
  const signed = call.signed as SignedAct
  const envelope = new Uint8Array(Buffer.from(material.envelope, 'base64url'))
  const wrap = material.wrap === null ? null : Buffer.from(material.wrap, 'base64url')
  const checked = await check(call, envelope)
  const own = await loadBid(platform, call.params.lot, viewer.party)
  const kept = await keepEnvelope(platform, envelope)
  const command = commandOf(call, checked, own.state as State, {
    envelope: { sha256: kept, bytes: envelope.length },
    wrap: wrap && wrapDigest(platform, signed.digest, wrap),
  })
  await platform.hidden.refresh()
  pass('submit-before-append')
  await actOf(platform, {
    kind: 'bid',
    id: [call.params.lot, viewer.party],
    project: (call.trade as Trade).id,
    actor: actorOf(viewer),
    key: call.key,
    signed: { ...signed, ...(wrap ? { beside: wrap } : {}) },
    command,
    tag: pointTag(platform, checked),
  })
}

const pointTag = (platform: Platform, { envelope }: CheckedBid): Buffer =>
  platform.keys.name('point', fromB64u(envelope.header.R, 33))

async function check(call: AppCall, envelope: Uint8Array): Promise<CheckedBid> {
  const { certSha256 } = call.signed as SignedAct
  const checked = await checkSealed(call, envelope, certSha256)
  const { parts, revision } = call.body as ActForm<'submit-bid'>
  const headerHash = Buffer.from(checked.headerHash).toString('base64url')
  const isNamed =
    parts.length === 1 &&
    parts[0].part === 'whole' &&
    parts[0].headerHash === headerHash &&
    revision === checked.envelope.header.context.revision
  if (!isNamed) throw new ProblemError('signature-invalid')
  return checked
}

type SealedCall = Pick<AppCall, 'platform' | 'trade' | 'params' | 'viewer'>

/** The sealed bytes by themselves. @throws ProblemError, the first of `submissionProblems` */
async function checkSealed(
  { platform, trade, params, viewer }: SealedCall,
  envelope: Uint8Array,
  certSha256: string,
): Promise<CheckedBid> {
  const { lot } = params
  const { party } = viewer as Viewer
  const expected = expectedBid(platform, trade as Trade, lot, party, certSha256)
  const checked = await checkSubmission(
    envelope,
    expected,
    {
      blob: (id) => findBlob(platform, { lot, party, id }),
      isPointUsed: (R) => platform.store.isTagUsed(platform.keys.name('point', fromB64u(R, 33))),
    },
    productSizes,
  )
  if (checked.problem === undefined) return checked
  const { version } = expected.document
  const isStale = checked.problem === 'document-version-stale'
  const detail: Detail = isStale ? { current: version, given: versionOf(envelope) } : {}
  throw new ProblemError(checked.problem, detail, checked.blob ? { blob: checked.blob } : {})
}

/**
 * The refusal of a submission. Signatures are verified first, at the edge; by `sealing-ledger.md` §5
 * a fault of the sealed bytes goes before one of the signature, so they are looked at here.
 */
export async function submissionRefusal(
  call: RefusedCall<Platform, Trade | null>,
  error: ProblemError,
): Promise<ProblemError> {
  const isOfSignature = Object.hasOwn(trustTexts, error.slug) || edgeSlugs.has(error.slug)
  const earlier = isOfSignature ? await sealedFault(call) : null
  return withSignedRefusal(call, earlier ?? error)
}
const edgeSlugs = new Set(['party-other', 'signer-other-certificate'])

async function sealedFault(
  call: RefusedCall<Platform, Trade | null>,
): Promise<ProblemError | null> {
  const given = submissionBody.safeParse(call.given)
  if (!given.success || call.trade?.project.stage !== 'published' || !call.viewer) return null
  const own = await loadBid(call.platform, call.params.lot, call.viewer.party)
  if (own.state.stage === 'none') return null
  const act = Buffer.from(given.data.act, 'base64url').toString('utf8')
  const certSha256 = /"certSha256":"([A-Za-z0-9_-]{43})"/.exec(act)?.[1] ?? ''
  const envelope = new Uint8Array(Buffer.from(given.data.with.envelope, 'base64url'))
  return checkSealed(call, envelope, certSha256).then(
    () => null,
    (error) => {
      if (error instanceof ProblemError) return error
      throw error
    },
  )
}
const submissionBody = z.looseObject({
  act: z.string(),
  with: z.looseObject({ envelope: z.string() }),
})

/** The document version that a well-formed envelope names. */
function versionOf(envelope: Uint8Array): number {
  const text = Buffer.from(envelope.subarray(12, 65_548)).toString('latin1')
  return Number(/"document":\{"sha256":"[^"]*","version":(\d+)\}/.exec(text)?.[1] ?? 0)
}

function commandOf(
  call: AppCall,
  { envelope, headerHash }: CheckedBid,
  state: State,
  kept: Pick<Submission, 'envelope' | 'wrap'>,
): Command {
  const signed = call.signed as SignedAct
  const { context, blobs } = envelope.header
  return {
    type: state.stage === 'submitted' ? 'replace' : 'submit',
    part: 'whole',
    headerHash: Buffer.from(headerHash).toString('base64url'),
    revision: context.revision,
    replaces: (call.body as ActForm<'submit-bid'>).replaces,
    documentVersion: context.document.version,
    documentSha256: context.document.sha256,
    ...kept,
    blobs,
    certSha256: signed.certSha256,
    nonce: receiptNonce(call.platform, signed.digest),
    revocation: signed.revocation,
  }
}
