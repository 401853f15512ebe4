import { at, type Recorded, unreachable } from '../../kernel/decider.ts'
import type { Common, Event, RankedBid, State } from './state.ts'

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
      return { ...common(live(state)), stage: 'terminated', reason: e.reason }
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
      return { ...s, stage: 'awarding', failed: [...s.failed, e.bidder], atRisk }
    }
    case 'CandidatePassedOver': {
      const s = at(state, 'evaluated', 'publicity', 'awarding')
      const atRisk = e.ground === 'forceMajeure' ? s.atRisk : [...s.atRisk, e.bidder]
      return { ...s, failed: [...s.failed, e.bidder], atRisk }
    }
    case 'ReportSentBack': {
      const s = at(state, 'evaluated')
      const { report, ground, reason } = e
      const rechecks = [...(s.rechecks ?? []), { report, ground, reason }]
      const gone = { failed: s.failed, atRisk: s.atRisk }
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
      if (rest.stage === 'tendering')
        return { ...rest, stood: [...rest.stood, { by: e.by, ms: e.suspendedMs }] }
      return rest.stage === 'publicity'
        ? { ...rest, until: new Date(Date.parse(rest.until) + e.suspendedMs).toISOString() }
        : rest
    }
    default:
      return unreachable(e)
  }
}

function live(state: State): Exclude<State, { stage: 'none' }> {
  if (state.stage === 'none') throw new Error('corrupt stream: an event of a lot not opened')
  return state
}
function common({ project, lot, regime, suspensions, stood }: Common): Common {
  return { project, lot, regime, suspensions, stood }
}
