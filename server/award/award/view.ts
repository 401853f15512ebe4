import type { AppCall } from '../../app-call.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { personName } from '../../party-name.ts'
import { signaturesOf } from '../../signatures.ts'
import { isAwardPublic } from '../../tendering/lot/rules-public.ts'
import type { PublishedState } from '../../tendering/project/decider.ts'
import { limitUntil, publicityEnd } from '../../tendering/project/rules.ts'
import type { Trade } from '../../trade.ts'
import { type Evaluated, isAwarded, isEvaluated, namesOf } from './lot-view.ts'
import { candidateNotice, channelOf, resultNotice } from './notice.ts'
import { awardable, limitsAfterAward, limitsAfterReport } from './rules.ts'

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
  // GP: nobody but the parties knows the result before its notice (GL 43, M87 69).
  const isShown = isAwarded(state) && (isParty || isAwardPublic(state))
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
            ...candidateNotice(trade, project, lot, bidder),
          }))
        : null,
    channel: channelOf(await partyNames(call, project), state),
    award: isShown
      ? {
          bidder: state.winner.bidder,
          name: name(state.winner.bidder),
          priceFen: state.winner.priceFen,
          openedFen: state.winner.openedFen ?? null,
          awardedAt: state.awardedAt,
          resultUntil: state.resultUntil,
          notice: await resultNotice(call.platform, trade, project, lot, state.winner.bidder),
        }
      : null,
    contract: contractView(call, state),
    party: isParty ? await partyView(call, project, state) : null,
  }
}

async function partyNames({ platform }: AppCall, { purchaser, agency }: PublishedState) {
  const name = async (id: string) => (await personName(platform, id)) ?? id
  return { purchaser: await name(purchaser), agency: await name(agency) }
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
async function partyView(call: AppCall, project: PublishedState, state: Evaluated) {
  const { calendar } = call.platform
  const { now } = call.trade as Trade
  const { regime, document } = project
  return {
    ranking: state.ranking,
    report: state.report,
    awardable: awardable(state.candidates, state.failed, true),
    failed: state.failed,
    // Of a candidate with any other than a good one there is no award.
    signatures: Object.fromEntries(await signaturesOf(call.platform, state.lot)),
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
