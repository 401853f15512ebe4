import { addMs } from '../../kernel/calendar.ts'
import { at, type Recorded, unreachable } from '../../kernel/decider.ts'
import type {
  CandidateFailure,
  Common,
  Evaluated,
  Event,
  PassOverGround,
  RankedBid,
  State,
} from './state.ts'

/** How the lot's state follows from its events. */
export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'LotOpened':
      at(state, 'none')
      return {
        stage: 'tendering',
        project: e.project,
        lot: e.lot,
        regime: e.regime,
        suspensions: [],
        stood: [],
      }
    case 'DeadlinePassed':
      return { ...at(state, 'tendering'), stage: 'opening' }
    case 'LotFailed':
      return { ...common(live(state)), stage: 'failed', ground: e.ground }
    case 'LotTerminated':
      return { ...terminated(live(state), e.at), stage: 'terminated', reason: e.reason }
    case 'QualificationBegan':
      return { ...at(state, 'opening'), stage: 'qualifying' }
    case 'EvaluationBegan':
      return { ...at(state, 'opening', 'qualifying'), stage: 'evaluating' }
    case 'LotEvaluated': {
      const { gone, ...s } = at(state, 'evaluating')
      return {
        ...s,
        stage: 'evaluated',
        report: e.report,
        ranking: e.ranking,
        candidates: e.candidates,
        evaluatedAt: e.at,
        failed: gone?.failed ?? [],
        ...(gone?.failures ? { failures: gone.failures } : {}),
        atRisk: gone?.atRisk ?? [],
      }
    }
    case 'CandidatesPublished':
      return { ...at(state, 'evaluated'), stage: 'publicity', until: e.until }
    case 'PublicityEnded':
      return { ...at(state, 'publicity'), stage: 'awarding' }
    case 'LotAwarded': {
      const s = at(state, 'evaluated', 'awarding')
      const winner = s.ranking.find((r) => r.bidder === e.bidder) as RankedBid
      return {
        ...s,
        stage: 'awarded',
        winner: { ...winner, priceFen: e.priceFen },
        awardedAt: e.at,
        resultUntil: null,
        proposal: null,
      }
    }
    case 'AwardCancelled': {
      // Of the award nothing is left: no letter, no limit of it.
      const { winner, awardedAt, resultUntil, proposal, ...s } = at(state, 'awarded')
      const atRisk = e.ground === 'forceMajeure' ? s.atRisk : [...s.atRisk, e.bidder]
      return { ...s, stage: 'awarding', ...failedBy(s, e, 'cancelled'), atRisk }
    }
    case 'CandidatePassedOver': {
      const s = at(state, 'evaluated', 'publicity', 'awarding')
      const isOwnCause = e.ground !== 'forceMajeure' && e.ground !== 'signatureInvalid'
      const atRisk = isOwnCause ? [...s.atRisk, e.bidder] : s.atRisk
      return { ...s, ...failedBy(s, e, e.act === null ? 'revoked' : 'passedOver'), atRisk }
    }
    case 'ReportSentBack': {
      const s = at(state, 'evaluated')
      const { report, ground, reason } = e
      const rechecks = [...(s.rechecks ?? []), { report, ground, reason }]
      const { failed, failures, atRisk } = s
      const gone = { failed, ...(failures ? { failures } : {}), atRisk }
      return { ...common(s), stage: 'evaluating', rechecks, gone }
    }
    case 'ResultPublished':
      return { ...at(state, 'awarded'), resultUntil: e.until }
    case 'ContractProposed': {
      const { id, number, priceFen, terms, act } = e
      return { ...at(state, 'awarded'), proposal: { id, number, priceFen, terms, act } }
    }
    case 'ContractProposalEnded':
      return { ...at(state, 'awarded'), proposal: null }
    case 'ContractSigned':
      return { ...at(state, 'awarded'), stage: 'contracted' }
    case 'BagExported':
    case 'HeadsRecorded':
      return state
    case 'LotArchived':
      return { ...at(state, 'contracted'), stage: 'archived' }
    case 'LotSuspended': {
      const s = live(state)
      const { by, cause } = e
      return { ...s, suspensions: [...s.suspensions, { by, cause, since: e.at }] }
    }
    case 'LotResumed': {
      const s = live(state)
      const rest = { ...s, suspensions: s.suspensions.filter((one) => one.by !== e.by) }
      // A stopped clock ⏸ goes on where it stood.
      if (rest.stage === 'tendering') {
        const from = s.suspensions.find((one) => one.by === e.by)?.since ?? e.at
        return { ...rest, stood: [...rest.stood, { by: e.by, from, ms: e.suspendedMs }] }
      }
      return rest.stage === 'publicity'
        ? { ...rest, until: e.until ?? addMs(rest.until, e.suspendedMs) }
        : rest
    }
    default:
      return unreachable(e)
  }
}

/** A candidate who can't be awarded any more, and why. */
function failedBy(
  s: Pick<Evaluated, 'failed' | 'failures'>,
  { bidder, ground }: { bidder: string; ground: PassOverGround },
  how: CandidateFailure['how'],
): Pick<Evaluated, 'failed' | 'failures'> {
  return {
    failed: [...s.failed, bidder],
    failures: [...(s.failures ?? []), { bidder, how, ground }],
  }
}

function live(state: State): Exclude<State, { stage: 'none' }> {
  if (state.stage === 'none') throw new Error('corrupt stream: an event of a lot not opened')
  return state
}
/** A lot that ends while its bidding is held lets the others go on: it stood until then. */
function terminated(s: Exclude<State, { stage: 'none' }>, at: string): Common {
  const kept = common(s)
  if (s.stage !== 'tendering') return kept
  const held = s.suspensions.map(({ by, since }) => ({
    by,
    from: since,
    ms: Math.max(0, Date.parse(at) - Date.parse(since)),
  }))
  return { ...kept, stood: [...kept.stood, ...held] }
}
function common({ project, lot, regime, suspensions, stood }: Common): Common {
  return { project, lot, regime, suspensions, stood }
}
