import type { AppCall } from '../../app.ts'
import type { Facts as EvaluationFacts, Reviewed } from '../../evaluation/evaluation/decider.ts'
import { stepsOf } from '../../evaluation/evaluation/explain.ts'
import { resultOf } from '../../evaluation/evaluation/rules-report.ts'
import { isRevoked } from '../../evaluation/evaluation/rules-revoked.ts'
import { factsFor } from '../../facts.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { limitUntil, publicityEnd } from '../../tendering/project/rules.ts'
import { lotIndex, type Trade } from '../../trade.ts'
import {
  type AwardedBid,
  awardable,
  awardLetter,
  limitsAfterAward,
  limitsAfterReport,
  loserLetter,
} from './rules.ts'

/** What is public of candidates, award and contract, what parties see of it, and own letters. */
type LotState = Trade['lots'] extends ReadonlyMap<string, infer S> ? S : never
type Evaluated = Extract<LotState, { ranking: unknown }>
type Awarded = Extract<LotState, { winner: unknown }>

const isEvaluated = (lot: LotState | undefined): lot is Evaluated =>
  lot !== undefined && 'ranking' in lot
const isAwarded = (lot: LotState | undefined): lot is Awarded =>
  lot !== undefined && 'winner' in lot

function namesOf(trade: Trade, lot: string): (party: string) => string {
  const bids =
    trade.session.stage === 'scheduled'
      ? []
      : (trade.session.lots.find((l) => l.lot === lot)?.bids ?? [])
  return (party) => bids.find((b) => b.party === party)?.name ?? party
}

/** Candidates, award, result and contract of a lot, by what is published and by the viewer's part. */
export async function readAward(call: AppCall) {
  const trade = call.trade as Trade
  const { lot } = call.params
  const state = trade.lots.get(lot)
  const { project } = trade
  if (project.stage !== 'published' || !state) throw new ProblemError('not-found')
  const base = { lot, now: trade.now, stage: state.stage, regime: project.regime }
  if (!isEvaluated(state)) return { ...base, candidates: null, award: null, party: null }
  const name = namesOf(trade, lot)
  const isParty = (['Pu', 'Ag', 'Re'] as const).some((role) => call.roles.has(role))
  const isPublished = state.stage !== 'evaluated'
  const rows = state.candidates.flatMap((c) => state.ranking.filter((r) => r.bidder === c))
  return {
    ...base,
    publicityUntil: state.stage === 'publicity' ? state.until : null,
    // Points are nobody's but the parties' and each bidder's own.
    candidates:
      isParty || (isPublished && project.regime === 'tender')
        ? rows.map(({ bidder, rank, priceFen, openedFen = null }) => ({
            bidder,
            name: name(bidder),
            rank,
            priceFen,
            openedFen,
          }))
        : null,
    award: isAwarded(state)
      ? {
          bidder: state.winner.bidder,
          name: name(state.winner.bidder),
          priceFen: state.winner.priceFen,
          openedFen: state.winner.openedFen ?? null,
          awardedAt: state.awardedAt,
          resultUntil: state.resultUntil,
        }
      : null,
    contract: contractView(call, state),
    party: isParty ? partyView(call, project, state) : null,
  }
}

function contractView(call: AppCall, state: Evaluated) {
  if (!isAwarded(state)) return null
  const isWinner = call.viewer?.party === state.winner.bidder
  const isParty = (['Pu', 'Ag', 'Re'] as const).some((role) => call.roles.has(role))
  return {
    isSigned: state.stage === 'contracted' || state.stage === 'archived',
    proposal: isWinner || isParty ? state.proposal : null,
  }
}

/** Limits and earliest lawful ends that purchaser and agency act by. */
function partyView(call: AppCall, project: PublishedState, state: Evaluated) {
  const { calendar } = call.platform
  const { now } = call.trade as Trade
  const { regime, document } = project
  return {
    ranking: state.ranking,
    report: state.report,
    awardable: awardable(state.candidates, state.failed, true),
    failed: state.failed,
    ...limitsAfterReport(regime, state.evaluatedAt, calendar),
    earliestUntil: publicityEnd(regime, document.publicityDays, now, calendar),
    ...(isAwarded(state)
      ? {
          ...limitsAfterAward(regime, state.awardedAt, calendar),
          reportToRegulatorUntil: limitUntil('reportToRegulator', state.awardedAt, calendar),
        }
      : {}),
  }
}

/** The letter of one bidder: 中标通知书, or 未中标通知 with its own score, rank, reason and every step. */
export async function readLetter(call: AppCall) {
  const trade = call.trade as Trade
  const { lot } = call.params
  const state = trade.lots.get(lot)
  const { project } = trade
  if (project.stage !== 'published' || !isAwarded(state)) throw new ProblemError('not-found')
  const bidder = addressee(call)
  const evaluation = trade.evaluations.get(lot)
  const name = namesOf(trade, lot)
  const own = awardedBid(trade, lot, state, bidder)
  if (!own || !evaluation || !('members' in evaluation)) throw new ProblemError('not-found')
  const facts = factsFor(call.platform, 'evaluation', [lot], trade, {
    command: { type: 'read' },
  }) as EvaluationFacts
  const terms = project.document.lots[lotIndex(lot)]
  const winner = awardedBid(trade, lot, state, state.winner.bidder) as AwardedBid
  const letter =
    bidder === state.winner.bidder
      ? awardLetter(winner, terms, state.awardedAt, call.platform.calendar)
      : loserLetter(project.regime, own, winner)
  const steps = stepsOf(resultOf(evaluation, facts)?.result.steps ?? [], bidder)
  return {
    lot,
    letter: { ...letter, toName: name(bidder), winnerName: name(state.winner.bidder) },
    awardedAt: state.awardedAt,
    rejected: evaluation.rejected.filter((row) => row.bidder === bidder),
    correction: evaluation.corrections.find((c) => c.bidder === bidder && c.answer) ?? null,
    steps,
  }
}

/** A bidder reads its own letter; parties and regulator any. */
function addressee(call: AppCall): string {
  const { party } = call.viewer as Viewer
  const isParty = (['Pu', 'Ag', 'Re'] as const).some((role) => call.roles.has(role))
  const asked = call.query.bidder as string | undefined
  return isParty && asked ? asked : party
}

function awardedBid(trade: Trade, lot: string, state: Awarded, bidder: string): AwardedBid | null {
  const { session } = trade
  if (session.stage === 'scheduled') return null
  const row = session.rows.find((r) => r.lot === lot && r.party === bidder)
  if (row?.outcome !== 'opened') return null
  const ranked = state.ranking.find((r) => r.bidder === bidder)
  const evaluation = trade.evaluations.get(lot)
  const rejected = evaluation && 'rejected' in evaluation ? evaluation.rejected : []
  const grounds = rejected.filter((r) => r.bidder === bidder).map((r) => r.ground)
  return {
    bid: bidder,
    bidder,
    priceFen: row.priceFen,
    ...(ranked?.openedFen === undefined ? {} : { correctedFen: ranked.priceFen }),
    ...(evaluation && isRevoked(evaluation as Reviewed, bidder) ? { isRevoked: true } : {}),
    ...(ranked ? { rank: ranked.rank } : {}),
    ...(ranked?.total ? { total: ranked.total } : {}),
    ...(grounds.length > 0 ? { rejectedFor: [...new Set(grounds)] } : {}),
  }
}
