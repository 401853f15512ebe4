import type { AppCall } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { loadBid } from '../../platform.ts'
import { productSizes } from '../../sealing/index.ts'
import type { Trade } from '../../trade.ts'
import type { State } from './decider.ts'
import { questionName } from './hidden-index.ts'
import { receiptedActs } from './receipts.ts'
import { rewrapFor } from './rewrap.ts'

type Joined = Exclude<State, { stage: 'none' }>

/** The caller's own state in the lot of the call. @throws ProblemError `not-found` */
export async function ownBid(call: AppCall): Promise<Joined> {
  const { party } = call.viewer as Viewer
  const state = (await loadBid(call.platform, call.params.lot, party)).state as State
  if (state.stage === 'none') throw new ProblemError('not-found')
  return state
}

/** What a bidder may know of itself in a lot: all of its own, and nothing of anyone else. */
export async function ownBidView(call: AppCall): Promise<unknown> {
  const { platform } = call
  const { lot } = call.params
  const { party } = call.viewer as Viewer
  const trade = call.trade as Trade
  const { project } = trade
  if (project.stage !== 'published') throw new ProblemError('not-found')
  const state = await ownBid(call)
  const stream = platform.store.hiddenStream('bid', lot, party)
  const acts = await receiptedActs(platform, lot, party, project.bidDeadline)
  const mayRewrap =
    state.stage === 'submitted' &&
    trade.lots.get(lot)?.stage === 'tendering' &&
    trade.now < project.bidDeadline
  const document = { version: project.version, sha256: project.documentSha256 }
  return {
    lot,
    stage: state.stage,
    status: statusOf(trade, lot, party, state),
    now: trade.now,
    deadline: project.bidDeadline,
    document,
    joinedAt: state.joinedAt,
    hallEnteredAt: state.hallEnteredAt,
    revokedAt: state.stage === 'revoked' ? state.revokedAt : null,
    bonds: state.bonds,
    /** `shownAs`: the name under which all others know the question, and its answer. */
    questions: state.questions.map((q) => ({
      ...q,
      shownAs: questionName(platform.keys, stream, q.id),
    })),
    bid: bidView(state, project.version),
    rewrapFor: mayRewrap ? await rewrapFor(platform, party, state.bid) : null,
    receipts: acts.map(({ act, stored }) => ({
      act,
      kind: stored.event.type,
      receivedAt: stored.event.at,
    })),
    /** What the next submission must hold. */
    next: {
      revision: state.revisions + 1,
      replaces: state.stage === 'submitted' ? state.bid.act : null,
      context: {
        v: 1,
        platform: platform.keys.platform,
        tender: trade.id,
        lot,
        part: 'whole',
        document,
        revision: state.revisions + 1,
        suite: 'P256-A256GCM-S256',
        chunkBytes: productSizes.chunkBytes,
        board: null,
      },
    },
  }
}

/** From the deadline on other streams say what became of a bid. */
function statusOf({ lots, session }: Trade, lot: string, party: string, state: Joined) {
  if (state.stage !== 'submitted') return state.stage
  const stage = lots.get(lot)?.stage ?? 'none'
  if (stage === 'tendering' || stage === 'none') return 'submitted'
  const row =
    session.stage === 'scheduled'
      ? undefined
      : session.rows.find((r) => r.lot === lot && r.party === party)
  if (row) return row.outcome
  return stage === 'failed' || stage === 'terminated' ? 'returned' : 'sealed'
}

function bidView(state: Joined, newest: number) {
  if (!('bid' in state)) return null
  const { bid } = state
  return {
    act: bid.act,
    headerHash: bid.headerHash,
    revision: bid.revision,
    receivedAt: bid.receivedAt,
    documentVersion: bid.documentVersion,
    confirmedVersion: bid.confirmedVersion,
    isConfirmed: bid.confirmedVersion === newest,
    blobs: bid.blobs,
    envelope: bid.envelope,
    hasWrap: bid.wrap !== null,
    certSha256: bid.certSha256,
    signature: bid.signature,
  }
}
