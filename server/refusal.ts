import { createHash, randomBytes } from 'node:crypto'
import { b64u } from './formats/bytes.ts'
import type { StoredEvent } from './kernel/event.ts'
import type { RefusedCall } from './kernel/operation.ts'
import { ProblemError } from './kernel/problem.ts'
import { actorOf } from './kernel/viewer.ts'
import { type Refusal, signStatement } from './log/receipt.ts'
import { actOf, loadBid, type Platform } from './platform.ts'
import { parseEnvelope } from './sealing/index.ts'
import type { Arrived } from './tendering/bid/decider.ts'
import type { Trade } from './trade.ts'
import { findBlob } from './vault/blobs.ts'

/** Not judgements of an act: the caller mends the request, or tries again. */
const noJudgement = new Set([
  ...['key-missing', 'input-invalid', 'busy', 'not-signed-in', 'session-expired', 'not-found'],
  ...['ledger-behind-checkpoint', 'internal-error', 'rate-limited', 'refusals-bounded'],
])

/**
 * Adds the signed refusal 拒收通知 to the answer of a weighty act that was refused, so that "you came
 * late" and "they never let me in" can be told apart afterwards. It is an event of the party's own
 * hidden stream up to a bound; above it, and for who never joined, the same note without event and
 * proof.
 */
export async function withSignedRefusal(
  call: RefusedCall<Platform, Trade | null>,
  error: ProblemError,
): Promise<ProblemError> {
  const { platform, viewer, trade, params } = call
  if (noJudgement.has(error.slug) || !viewer || !trade) return error
  const own = await loadBid(platform, params.lot, viewer.party)
  const actDigest = digestOfAct(call.given)
  const arrived = await arrivedBlobs(call)
  const hasJoined = own.state.stage !== 'none'
  const stored = hasJoined ? await record(call, error.slug, actDigest, arrived) : null
  const refusal: Refusal = {
    v: 1,
    kind: 'refusal',
    problem: error.slug,
    at: stored?.event.at ?? trade.now,
    deadline: trade.project.stage === 'published' ? trade.project.bidDeadline : null,
    actDigest,
    arrived,
    nonce: b64u(randomBytes(16)),
    requestId: call.requestId,
    ...(stored
      ? {
          event: stored.event,
          eventSalt: b64u(stored.salt),
          tlogProof: await platform.ledger.proofOf(stored.digest),
        }
      : {}),
  }
  const signed = await signStatement(refusal, (bytes) => platform.keys.signLog(bytes))
  return new ProblemError(error.slug, error.values, { ...error.extra, refusal: signed })
}

async function record(
  call: RefusedCall<Platform, Trade | null>,
  problem: string,
  actDigest: string | null,
  arrived: Arrived[],
): Promise<StoredEvent | null> {
  const { platform, viewer, trade, params, purpose } = call
  if (!viewer || !trade) return null
  try {
    const { events } = await actOf(platform, {
      kind: 'bid',
      id: [params.lot, viewer.party],
      project: trade.id,
      actor: actorOf(viewer),
      command: { type: 'recordRefusal', problem, purpose, actDigest, arrived },
    })
    return events[0]
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

const textIn = (value: unknown, ...path: string[]): string | null => {
  let at = value
  for (const name of path) at = (at as Record<string, unknown> | null | undefined)?.[name]
  return typeof at === 'string' ? at : null
}

function digestOfAct(given: unknown): string | null {
  const act = textIn(given, 'act')
  return act && createHash('sha256').update(Buffer.from(act, 'base64url')).digest('base64url')
}

/** What of the envelope's blobs is here whole. */
async function arrivedBlobs({
  platform,
  viewer,
  params,
  given,
}: RefusedCall<Platform, Trade | null>): Promise<Arrived[]> {
  const envelope = textIn(given, 'with', 'envelope')
  if (!envelope || !viewer) return []
  const parsed = parseEnvelope(new Uint8Array(Buffer.from(envelope, 'base64url')))
  if (parsed.problem !== undefined) return []
  const found: Arrived[] = []
  for (const { id } of parsed.envelope.header.blobs.slice(0, 256)) {
    const blob = await findBlob(platform, { lot: params.lot, party: viewer.party, id })
    if (blob && !blob.isForeign) found.push({ id, bytes: blob.bytes })
  }
  return found
}
