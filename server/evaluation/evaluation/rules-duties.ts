import { systemActor } from '../../kernel/viewer.ts'
import type { Own, RoomFinder } from '../../service/my/rules-duties.ts'
import { endedEarly, type Trade } from '../../trade.ts'
import type { Phase, Ranked, State, Working, WorkingState } from './decider.ts'
import { evaluationFacts } from './rules-facts.ts'
import type { Motion } from './rules-motions.ts'
import { handedIn, isTooFew } from './rules-phase.ts'
import { openAlarms, standing } from './rules-ranking.ts'
import { isSeated } from './rules-seated.ts'

/** What the evaluation asks of someone next. */
interface Place {
  readonly trade: Trade
  readonly lot: string
  readonly own: Own
  readonly path: string
  /** The page on which the chair acts. */
  readonly chair: string
}
type Found = ReturnType<RoomFinder>[number]

/** A motion of that kind is owed a vote, or still to be put: he has none open that he voted on. */
function owesMotion(work: Working, kind: Motion['kind'], party: string): boolean {
  return !Object.values(work.motions).some(
    (m) => m.motion.kind === kind && m.outcome === 'open' && party in m.votes,
  )
}

function memberDuty(state: State, at: Place): Found[] {
  const { trade, lot, own, path } = at
  if (!('members' in state) || !isSeated(trade, lot, own.party)) return []
  if (!state.committed.includes(own.party)) return [{ act: 'sign-commitment', path }]
  switch (state.stage) {
    case 'ready':
    case 'phase':
    case 'aggregated':
      return committeeDuty(state, at)
    case 'ranked':
      return reportDuty(state, at)
    case 'paused':
      return state.chair === own.party ? [{ act: 'resume-evaluation', path: at.chair }] : []
    default:
      return []
  }
}

type AtWork = Exclude<WorkingState, { stage: 'ranked' }>

/** Together, by motions; then each his own part. */
function committeeDuty(state: AtWork, at: Place): Found[] {
  const { trade, lot, own, path } = at
  const facts = evaluationFacts(trade, lot)
  const x = { now: trade.now, actor: systemActor, facts }
  const isElecting = state.chair === null && owesMotion(state, 'electChair', own.party)
  const election = isElecting ? [{ act: 'elect-chair', path }] : []
  if (state.stage === 'ready' || !facts.scheme) return election
  if (isTooFew(state, x))
    return owesMotion(state, 'failEvaluation', own.party)
      ? [...election, { act: 'fail-evaluation', path }]
      : election
  return [...election, ...(state.stage === 'phase' ? sheetDuty(state, at) : alarmDuty(state, at))]
}

function sheetDuty(state: Phase, at: Place): Found[] {
  const { scheme } = evaluationFacts(at.trade, at.lot)
  // A sheet counts while it covers every bid under review: one that came back is judged again.
  const isIn = scheme ? handedIn(state, scheme) : []
  if (!isIn.includes(at.own.party)) return [{ act: 'hand-in-sheet', path: at.path }]
  const isWhole = isIn.length === state.members.length
  return state.chair === at.own.party && isWhole ? [{ act: 'close-phase', path: at.chair }] : []
}

function alarmDuty(state: Working, at: Place): Found[] {
  const { own, path } = at
  if (state.discussUntil !== null)
    return [{ act: 'discuss-result', until: state.discussUntil, path }]
  const open = openAlarms(state)
  // Scored differently where there is one right answer: only a sheet opened again mends it.
  const isUneven = open.some((a) => a.kind === 'objective-differs')
  const isMending = isUneven && owesMotion(state, 'reopenSheet', own.party)
  return [
    ...(isMending ? [{ act: 'reopen-sheet', path }] : []),
    ...(open.some((a) => a.member === own.party) ? [{ act: 'confirm-score', path }] : []),
  ]
}

function reportDuty(state: Ranked, at: Place): Found[] {
  const { trade, own, path, chair } = at
  const hasSigned = state.signatures.some((s) => s.member === own.party)
  const isAsked = !hasSigned && trade.now < state.signUntil
  // Silence is agreement after its time: the report is then as whole as if all had signed.
  const isWhole = state.chair === own.party && standing(state, trade.now) === 'complete'
  return [
    ...(isAsked ? [{ act: 'sign-report', until: state.signUntil, path }] : []),
    ...(isWhole ? [{ act: 'submit-report', path: chair }] : []),
  ]
}

/** A motion that is open and on which the member has not voted. */
function voteDuty(state: State, { trade, lot, own, path }: Place): Found[] {
  if (state.stage !== 'phase' && state.stage !== 'aggregated') return []
  if (!isSeated(trade, lot, own.party) || !state.committed.includes(own.party)) return []
  const isOpen = Object.values(state.motions).some(
    (m) => m.outcome === 'open' && !(own.party in m.votes),
  )
  return isOpen ? [{ act: 'vote-motion', path }] : []
}

function outsideDuty(state: State, { trade, lot, own, chair }: Place): Found[] {
  const isParty = own.roles.has('Pu') || own.roles.has('Ag')
  if (isParty && state.stage === 'none' && trade.lots.get(lot)?.stage === 'qualifying')
    return [{ act: 'review-qualification', path: `/t/${trade.id}/qualification?lot=${lot}` }]
  // The chair ends a pause; where there is none, the agency.
  if (state.stage === 'paused' && state.chair === null && own.roles.has('Ag'))
    return [{ act: 'resume-evaluation', path: chair }]
  if (!('requests' in state)) return []
  const path = `/t/${trade.id}/explanations?lot=${lot}`
  const isOwn = (one: { bidder: string; answer: unknown; until: string }) =>
    one.bidder === own.party && one.answer === null && trade.now < one.until
  return [
    ...state.requests.filter(isOwn).map(({ until }) => ({ act: 'explain-bid', until, path })),
    ...state.corrections
      .filter(isOwn)
      .map(({ until }) => ({ act: 'confirm-correction', until, path })),
  ]
}

export const evaluationDuties: RoomFinder = (trade, lot, own) => {
  if (endedEarly(trade, lot)) return []
  const state = trade.evaluations.get(lot) ?? ({ stage: 'none' } as State)
  const path = `/t/${trade.id}/desk?lot=${lot}`
  const at: Place = { trade, lot, own, path, chair: `/t/${trade.id}/desk/chair?lot=${lot}` }
  return [...memberDuty(state, at), ...voteDuty(state, at), ...outsideDuty(state, at)]
}
