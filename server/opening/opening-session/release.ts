import type { AppCall } from '../../app-call.ts'
import { b64u, equal, fromB64u } from '../../formats/bytes.ts'
import { pass } from '../../kernel/fault.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf, loadTrade } from '../../platform.ts'
import {
  bidPoints,
  bidScalar,
  contextDigest,
  headerHash as hashOfHeader,
  p256Suite,
  parseEnvelope,
  writePoint,
} from '../../sealing/index.ts'
import { endedEarly, type Trade } from '../../trade.ts'
import { readEnvelope } from '../../vault/envelopes.ts'
import { forgetReleases, keepRelease, type ReleaseName } from '../../vault/secrets.ts'
import { type Command, openingSession } from './decider.ts'
import { openingFacts } from './facts.ts'
import type { ListedBid } from './state.ts'

/**
 * Takes the secret of a bid. It is its own authority: no certificate is asked for. In order: may it
 * be released now; is it this bid's (R = r·G); kept sealed and durable; only then the event, which
 * holds neither s nor price. The same release again is answered the same, until the window ends.
 */
export async function releaseKey(call: AppCall): Promise<unknown> {
  const { platform, params } = call
  const trade = call.trade as Trade
  const { party } = call.viewer as Viewer
  const { headerHash, s } = call.body as { headerHash: string; s: string }
  const command = { type: 'releaseKey', lot: params.lot, party } as const
  const earlier = releasedAt(trade, params.lot, party)
  if (!earlier) assertMayRelease(call, command)
  const listed = listedBid(trade, params.lot, party)
  if (listed.headerHash !== headerHash) throw new ProblemError('key-not-this-bid')
  await assertIsKeyOf(call, listed, s)
  if (earlier) return { released: true, at: earlier }
  pass('release-before-keep')
  await keepRelease(platform, { lot: params.lot, party, headerHash }, s)
  pass('release-after-keep')
  const outcome = await append(call, command).catch(async (error) => {
    await forgetWhereGone(call, { lot: params.lot, party, headerHash })
    throw error
  })
  pass('release-after-commit')
  return { released: true, at: outcome.events[0].event.at }
}

const append = (call: AppCall, command: Command) =>
  actOf(call.platform, {
    kind: 'openingSession',
    id: (call.trade as Trade).id,
    project: (call.trade as Trade).id,
    command,
    actor: actorOf(call.viewer as Viewer),
    key: call.key,
  })

/** A lot that ended meanwhile is never opened: a key that came too late for it is not kept. */
async function forgetWhereGone({ platform, trade }: AppCall, name: ReleaseName): Promise<void> {
  const now = await loadTrade(platform, (trade as Trade).id)
  if (endedEarly(now, name.lot)) await forgetReleases(platform, [name])
}

/** When it was released before: a retry whose first answer was lost is told so at any stage. */
const releasedAt = ({ session }: Trade, lot: string, party: string): string | undefined =>
  session.stage === 'scheduled'
    ? undefined
    : session.released.find((r) => r.lot === lot && r.party === party)?.at

function assertMayRelease(call: AppCall, command: Command): void {
  const trade = call.trade as Trade
  const decision = openingSession.decide(trade.session, command, {
    now: trade.now,
    actor: actorOf(call.viewer as Viewer),
    facts: openingFacts(trade),
  })
  if ('refused' in decision) throw new ProblemError(decision.refused, decision.detail)
}

function listedBid({ session }: Trade, lot: string, party: string): ListedBid {
  const found =
    session.stage === 'scheduled'
      ? undefined
      : session.lots.find((l) => l.lot === lot)?.bids.find((b) => b.party === party)
  if (!found) throw new ProblemError('not-listed')
  return found
}

/** @throws ProblemError `key-not-this-bid` */
async function assertIsKeyOf(call: AppCall, listed: ListedBid, s: string): Promise<void> {
  const bytes = await readEnvelope(call.platform, listed.envelopeSha256)
  const parsed = bytes && parseEnvelope(bytes)
  // The platform lost the envelope: the key is kept all the same, the opening names the fault.
  if (!parsed || parsed.problem !== undefined) return
  const { header, headerBytes } = parsed.envelope
  if (b64u(hashOfHeader(p256Suite, headerBytes)) !== listed.headerHash) return
  const r = bidScalar(p256Suite, fromB64u(s, 32), contextDigest(p256Suite, header.context))
  const R = writePoint(bidPoints(p256Suite, r).R)
  if (!equal(R, fromB64u(header.R, 33))) throw new ProblemError('key-not-this-bid')
}
