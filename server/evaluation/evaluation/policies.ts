import type { AnyMessage } from '../../kernel/decider.ts'
import { systemActor } from '../../kernel/viewer.ts'
import type { Policy, Step } from '../../policies.ts'
import type { RankedBid } from '../../tendering/lot/decider.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import type { Trade } from '../../trade.ts'
import type { Reviewed, State, Working } from './decider.ts'
import { evaluation as decider } from './decider.ts'
import { openCorrections } from './rules-corrections.ts'
import { evaluationFacts } from './rules-facts.ts'
import { openedBids } from './rules-opened.ts'
import { isTooFew, openRequests } from './rules-phase.ts'
import { newAlarms, openAlarms } from './rules-ranking.ts'
import { isDiscussed, isDissented, type Recheck } from './rules-returns.ts'
import { isRevoked, pricedBids } from './rules-revoked.ts'
import { effectiveBidders } from './rules-sheets.ts'
import { bidsLeft } from './rules-state.ts'

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
  const left = bidsLeft({ ...evaluation, bidders: bids.map((b) => b.id) })
  const isEnough = effectiveBidders(scheme, bids, left) >= wholeLimit('minBidders')
  const failed = { type: 'fail', ground: 'tooFewQualified' }
  return [step('lot', lot, isEnough ? { type: 'beginEvaluation' } : failed)]
}

/** Nothing was opened of the lot, so nothing can be reviewed: too few are qualified (GP). */
function unopened(trade: Trade): Step[] {
  return [...trade.lots]
    .filter(([id, lot]) => lot.stage === 'qualifying' && openedBids(trade, id).length === 0)
    .filter(([id]) => !isSuspended(trade, id))
    .map(([id]) => step('lot', id, { type: 'fail', ground: 'tooFewQualified' }))
}

const atWork = ['assembled', 'ready', 'phase', 'aggregated', 'ranked']

/** Members who declared a recusal, or whom the draw has on no seat any more (TR 48). */
function fallen(lot: string, evaluation: State, trade: Trade): Step[] {
  if (!atWork.includes(evaluation.stage) || !isEvaluating(trade, lot)) return []
  const x = { now: trade.now, actor: systemActor, facts: evaluationFacts(trade, lot) }
  return (evaluation as Working).members
    .map(({ id }) => ({ type: 'replaceMember', member: id }) as const)
    .filter((command) => !('refused' in decider.decide(evaluation, command, x)))
    .map((command) => step('evaluation', lot, command))
}

/** Alarms are raised, then, once none is open, the bids are ranked. */
function aggregated(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'aggregated' || !isEvaluating(trade, lot)) return []
  if (isSuspended(trade, lot)) return []
  const facts = evaluationFacts(trade, lot)
  const x = { now: trade.now, actor: systemActor, facts }
  if (isTooFew(evaluation, x)) return []
  if (newAlarms(evaluation, x).length > 0) return [step('evaluation', lot, { type: 'raiseAlarms' })]
  if (openAlarms(evaluation).length > 0 || openCorrections(evaluation).length > 0) return []
  const discussed = evaluation.discussUntil ?? ''
  const until = [...openRequests(evaluation, trade.now).map((r) => r.until), discussed]
    .sort()
    .findLast((limit) => limit > trade.now)
  if (until !== undefined) return [{ ...step('evaluation', lot, { type: 'rank' }), at: until }]
  // Asked first: a ranking that a low price or the formula forbids waits for the committee.
  const decision = decider.decide(evaluation, { type: 'rank' }, x)
  return 'refused' in decision ? [] : [step('evaluation', lot, { type: 'rank' })]
}

/** A bidder's silence about a corrected price counts as its refusal (M87 59). */
function lapsing(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'phase' && evaluation.stage !== 'aggregated') return []
  if (!isEvaluating(trade, lot)) return []
  return openCorrections(evaluation).map(({ id, until }) => ({
    ...step('evaluation', lot, { type: 'lapseCorrection', id }),
    at: until,
  }))
}

/** A report from which a majority dissents goes back once for discussion. */
function dissented(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'ranked' || !isEvaluating(trade, lot)) return []
  const isBack = isDissented(evaluation) && !isDiscussed(evaluation)
  return isBack ? [step('evaluation', lot, { type: 'returnReport' })] : []
}

/** How often the purchaser sent the report back, against how often it was taken up again. */
function sentBack(lot: string, evaluation: State, trade: Trade): Recheck | null {
  const state = trade.lots.get(lot)
  const rechecks = state?.stage === 'evaluating' ? (state.rechecks ?? []) : []
  return evaluation.stage === 'reported' ? (rechecks[evaluation.rechecks] ?? null) : null
}
function rechecked(lot: string, evaluation: State, trade: Trade): Step[] {
  const wish = sentBack(lot, evaluation, trade)
  if (!wish) return []
  const { ground, reason } = wish
  return [step('evaluation', lot, { type: 'beginRecheck', ground, reason })]
}

/** Stages in which a bid that is revoked still bears on what comes out. */
const judged = ['opening', 'qualifying', 'evaluating']
const atEnd = ['reported', 'failed']

/** Opened bids whose bidders revoked them: their hidden streams alone say so. */
function revoking(trade: Trade): Step[] {
  // One look at the hidden rows serves all lots.
  let read: Promise<void> | null = null
  return [...trade.lots].flatMap(([lot, state]) => {
    const evaluation = trade.evaluations.get(lot) ?? ({ stage: 'none' } as State)
    const opened = openedBids(trade, lot).map((bid) => bid.party)
    if (!judged.includes(state.stage) || atEnd.includes(evaluation.stage)) return []
    if (opened.length === 0) return []
    const prepare: Step['prepare'] = async ({ hidden }) => {
      read ??= hidden.refresh()
      await read
      const found = hidden
        .revocationsOf(lot)
        .find(
          (row) => opened.includes(row.bidder) && !isRevoked(evaluation as Reviewed, row.bidder),
        )
      return found ? { command: { type: 'noteRevocation', ...found } as AnyMessage } : 'nothing'
    }
    return [{ ...step('evaluation', lot, { type: 'noteRevocation' }), prepare }]
  })
}

/** The lot's ranking: a bid is contracted at its bid price, whatever it was evaluated at. */
function reported(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'reported' || !isEvaluating(trade, lot)) return []
  if (sentBack(lot, evaluation, trade)) return []
  const opened = openedBids(trade, lot).map((b) => ({ id: b.party, priceFen: b.priceFen }))
  const priced = pricedBids(evaluation, opened)
  const ranking = evaluation.ranking.map((row): RankedBid => {
    const [was, is] = [opened, priced].map((bids) => bids.find((b) => b.id === row.bid)?.priceFen)
    return {
      bidder: row.bid,
      rank: row.rank,
      priceFen: is as number,
      total: row.total ?? null,
      ...(is === was ? {} : { openedFen: was as number }),
    }
  })
  const { reportSha256: report, candidates } = evaluation
  return [step('lot', lot, { type: 'completeEvaluation', report, ranking, candidates })]
}

function failed(lot: string, evaluation: State, trade: Trade): Step[] {
  if (evaluation.stage !== 'failed' || !isEvaluating(trade, lot)) return []
  return [step('lot', lot, { type: 'fail', ground: evaluation.ground })]
}

export const evaluationPolicies: readonly Policy[] = [
  {
    when: 'bid: BidRevoked after BidsOpened',
    then: 'evaluation.noteRevocation',
    find: revoking,
  },
  {
    when: 'evaluation: a recusal declared; draw: a member declined, was silent, or stood aside',
    then: 'evaluation.replaceMember',
    find: each(fallen),
  },
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
    when: 'lot: QualificationBegan, and no bid was opened',
    then: 'lot.fail (tooFewQualified)',
    find: unopened,
  },
  {
    when: 'evaluation: the last phase is closed',
    then: 'evaluation.raiseAlarms, then evaluation.rank',
    find: each(aggregated),
  },
  {
    when: 'clock: the bidder did not answer a corrected price',
    then: 'evaluation.lapseCorrection',
    find: each(lapsing),
  },
  {
    when: 'evaluation: DissentRecorded by a majority',
    then: 'evaluation.returnReport',
    find: each(dissented),
  },
  { when: 'lot: ReportSentBack', then: 'evaluation.beginRecheck', find: each(rechecked) },
  { when: 'evaluation: ReportSubmitted', then: 'lot.completeEvaluation', find: each(reported) },
  { when: 'evaluation: EvaluationFailed', then: 'lot.fail', find: each(failed) },
]
