import { systemActor } from '../../kernel/viewer.ts'
import type { Policy, Step } from '../../policies.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import type { Trade } from '../../trade.ts'
import type { State } from './decider.ts'
import { evaluation as decider } from './decider.ts'
import { bidsLeft } from './rules-evolve.ts'
import { evaluationFacts } from './rules-facts.ts'
import { openedBids } from './rules-opened.ts'
import { isTooFew, openRequests } from './rules-phase.ts'
import { newAlarms, openAlarms } from './rules-ranking.ts'
import { effectiveBidders } from './rules-sheets.ts'

/** What the evaluation does by itself, and what its end makes the lot do. */
type Find = (lot: string, evaluation: State, trade: Trade) => readonly Step[]
const each = (find: Find) => (trade: Trade) =>
  [...trade.evaluations].flatMap(([lot, evaluation]) => [...find(lot, evaluation, trade)])

const step = (kind: Step['kind'], id: string, command: object): Step => ({
  kind,
  id,
  at: null,
  command: command as Step['command'],
})

const isSuspended = (trade: Trade, lot: string) => evaluationFacts(trade, lot).isSuspended
const isEvaluating = (trade: Trade, lot: string) => trade.lots.get(lot)?.stage === 'evaluating'

/** Lots whose committee is there and waits to be told so. */
function assembling(trade: Trade): Step[] {
  return [...trade.lots]
    .filter(([, lot]) => lot.stage === 'evaluating')
    .map(([id]) => id)
    .filter((id) => ['none', 'waiting'].includes(trade.evaluations.get(id)?.stage ?? 'none'))
    .filter((id) => evaluationFacts(trade, id).committee !== null)
    .map((id) => step('evaluation', id, { type: 'assembleCommittee' }))
}

/** GP: three or more left go before the committee, fewer fail the lot (M87 43, 44). */
function reviewed(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'waiting' || trade.lots.get(lot)?.stage !== 'qualifying') return []
  const { scheme, bids, isSuspended: isHeld } = evaluationFacts(trade, lot)
  if (!scheme || isHeld) return []
  const left = bidsLeft({ bidders: bids.map((b) => b.id), rejected: evaluation.rejected })
  const isEnough = effectiveBidders(scheme, bids, left) >= wholeLimit('minBidders')
  const failed = { type: 'fail', ground: 'tooFewQualified' }
  return [step('lot', lot, isEnough ? { type: 'beginEvaluation' } : failed)]
}

/** Alarms are raised, then, once none is open, the bids are ranked. */
function aggregated(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'aggregated' || !isEvaluating(trade, lot)) return []
  if (isSuspended(trade, lot)) return []
  const facts = evaluationFacts(trade, lot)
  const x = { now: trade.now, actor: systemActor, facts }
  if (isTooFew(evaluation, x)) return []
  if (newAlarms(evaluation, x).length > 0) return [step('evaluation', lot, { type: 'raiseAlarms' })]
  if (openAlarms(evaluation).length > 0) return []
  const [until] = openRequests(evaluation, trade.now)
    .map((r) => r.until)
    .sort()
  if (until !== undefined) return [{ ...step('evaluation', lot, { type: 'rank' }), at: until }]
  // Asked first: a ranking that a low price or the formula forbids waits for the committee.
  const decision = decider.decide(evaluation, { type: 'rank' }, x)
  return 'refused' in decision ? [] : [step('evaluation', lot, { type: 'rank' })]
}

/** The lot's ranking: a bid is contracted at its bid price, whatever it was evaluated at. */
function reported(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'reported' || !isEvaluating(trade, lot)) return []
  const prices = new Map(openedBids(trade, lot).map((b) => [b.party, b.priceFen]))
  const ranking = evaluation.ranking.map((row) => ({
    bidder: row.bid,
    rank: row.rank,
    priceFen: prices.get(row.bid) as number,
    total: row.total ?? null,
  }))
  const { reportSha256: report, candidates } = evaluation
  return [step('lot', lot, { type: 'completeEvaluation', report, ranking, candidates })]
}

function failed(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'failed' || !isEvaluating(trade, lot)) return []
  return [step('lot', lot, { type: 'fail', ground: evaluation.ground })]
}

export const evaluationPolicies: readonly Policy[] = [
  {
    when: 'lot: EvaluationBegan, and all experts and representatives checked in',
    then: 'evaluation.assembleCommittee',
    find: assembling,
  },
  {
    when: 'evaluation: QualificationReviewed',
    then: 'lot.beginEvaluation, or lot.fail (tooFewQualified)',
    find: each(reviewed),
  },
  {
    when: 'evaluation: the last phase is closed',
    then: 'evaluation.raiseAlarms, then evaluation.rank',
    find: each(aggregated),
  },
  { when: 'evaluation: ReportSubmitted', then: 'lot.completeEvaluation', find: each(reported) },
  { when: 'evaluation: EvaluationFailed', then: 'lot.fail', find: each(failed) },
]
