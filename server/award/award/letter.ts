import type { AppCall } from '../../app-call.ts'
import type { Facts as EvaluationFacts, Reviewed } from '../../evaluation/evaluation/decider.ts'
import { stepsOf } from '../../evaluation/evaluation/explain.ts'
import { resultOf } from '../../evaluation/evaluation/rules-report.ts'
import { isRevoked } from '../../evaluation/evaluation/rules-revoked.ts'
import { factsFor } from '../../facts.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { loadBid } from '../../platform.ts'
import type { State as BidState } from '../../tendering/bid/decider.ts'
import { isAwardPublic } from '../../tendering/lot/rules-public.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { lotIndex, type Trade } from '../../trade.ts'
import { type Awarded, isAwarded, namesOf, rowOf } from './lot-view.ts'
import {
  type AwardedBid,
  addresseesOf,
  awardLetter,
  type LotBidder,
  loserLetter,
} from './rules-letters.ts'

/** The letter of one bidder: 中标通知书, or 未中标通知 with its own score, rank, reason and every step. */
export async function readLetter(call: AppCall) {
  const trade = call.trade as Trade
  const { lot } = call.params
  const state = trade.lots.get(lot)
  const { project } = trade
  if (project.stage !== 'published' || !isAwarded(state)) throw new ProblemError('not-found')
  // Letters go out with the result.
  if (!isParty(call) && !isAwardPublic(state)) throw new ProblemError('not-found')
  const bidder = addressee(call)
  const evaluation = trade.evaluations.get(lot)
  const name = namesOf(trade, lot)
  const hidden = (await loadBid(call.platform, lot, bidder)).state as BidState
  const own = lotBidder(trade, lot, state, bidder, hidden.stage === 'revoked')
  if (!own || !evaluation || !('members' in evaluation)) throw new ProblemError('not-found')
  const facts = factsFor(call.platform, 'evaluation', [lot], trade, {
    command: { type: 'read' },
  }) as EvaluationFacts
  const winner = awardedBid(trade, project, lot, state)
  const letter =
    bidder === state.winner.bidder
      ? awardLetter(winner, state.awardedAt, call.platform.calendar)
      : loserLetter(project.regime, own, winner)
  const steps = stepsOf(resultOf(evaluation, facts)?.result.steps ?? [], bidder)
  return {
    lot,
    letter: { ...letter, toName: name(bidder), winnerName: name(state.winner.bidder) },
    awardedAt: state.awardedAt,
    rejected: evaluation.rejected.filter((row) => row.bidder === bidder),
    correction: evaluation.corrections.find((c) => c.bidder === bidder && c.answer) ?? null,
    steps,
    // Everyone who bid has a letter; the parties choose among them, a bidder reads of no other.
    addressees: isParty(call) ? addressees(trade, lot, state) : null,
  }
}

/** All who were listed at the opening, by the names that the hall gave them. */
function addressees(trade: Trade, lot: string, { ranking }: Awarded) {
  const { session } = trade
  const rows = session.stage === 'scheduled' ? [] : session.rows.filter((row) => row.lot === lot)
  const name = namesOf(trade, lot)
  return addresseesOf(rows, ranking).map((one) => ({ ...one, name: name(one.bidder) }))
}

const isParty = (call: AppCall) =>
  (['Pu', 'Ag', 'Re'] as const).some((role) => call.roles.has(role))

/** A bidder reads its own letter; parties and regulator any. */
function addressee(call: AppCall): string {
  const { party } = call.viewer as Viewer
  const asked = call.query.bidder as string | undefined
  return isParty(call) && asked ? asked : party
}

/** How one who bid stands; null: it did not bid, or its bid was not listed. */
function lotBidder(
  trade: Trade,
  lot: string,
  state: Awarded,
  bidder: string,
  hasRevoked: boolean,
): LotBidder | null {
  const row = rowOf(trade, lot, bidder)
  if (!row) return null
  const ranked = state.ranking.find((r) => r.bidder === bidder)
  const evaluation = trade.evaluations.get(lot)
  const rejected = evaluation && 'rejected' in evaluation ? evaluation.rejected : []
  const grounds = rejected.filter((r) => r.bidder === bidder).map((r) => r.ground)
  const failure = state.failures?.find((one) => one.bidder === bidder)
  const wasRevoked = hasRevoked || Boolean(evaluation && isRevoked(evaluation as Reviewed, bidder))
  const isNotOpened = row.outcome === 'notOpened' && row.problem !== 'bid-revoked'
  return {
    bidder,
    ...(wasRevoked ? { isRevoked: true } : {}),
    ...(ranked ? { rank: ranked.rank } : {}),
    ...(ranked?.total ? { total: ranked.total } : {}),
    ...(grounds.length > 0 ? { rejectedFor: [...new Set(grounds)] } : {}),
    ...(failure && failure.how !== 'revoked'
      ? { failure: { how: failure.how, ground: failure.ground } }
      : {}),
    ...(isNotOpened ? { notOpened: { problem: row.problem, fault: row.fault } } : {}),
  }
}

function awardedBid(
  trade: Trade,
  { document }: PublishedState,
  lot: string,
  state: Awarded,
): AwardedBid {
  const { bidder } = state.winner
  const row = rowOf(trade, lot, bidder)
  const own = lotBidder(trade, lot, state, bidder, false)
  if (row?.outcome !== 'opened' || !own) throw new Error('a bid that was not opened has won')
  const { openedFen, priceFen } = state.winner
  return {
    ...own,
    priceFen: row.priceFen,
    ...(openedFen === undefined ? {} : { correctedFen: priceFen }),
    deliveryDays: row.quotation.deliveryDays ?? document.lots[lotIndex(lot)].deliveryDays,
  }
}
