import type { Own, RoomFinder } from '../../service/my/rules-duties.ts'
import { endedEarly, type Trade } from '../../trade.ts'
import type { State } from './decider.ts'
import { openAlarms } from './rules-ranking.ts'

/** What the evaluation asks of someone next; `chair` is the page on which the chair acts. */
function memberDuty(state: State, own: Own, path: string, chair: string) {
  if (!('members' in state) || !state.members.some((m) => m.id === own.party)) return []
  if (!(own.party in state.declared)) return [{ act: 'sign-commitment', path }]
  const isChair = state.chair === own.party
  switch (state.stage) {
    case 'ready':
      return [{ act: 'elect-chair', path }]
    case 'phase': {
      const isIn = state.sheets.some((s) => s.member === own.party && s.phase === state.phase)
      if (!isIn) return [{ act: 'hand-in-sheet', path }]
      const all = state.sheets.filter((s) => s.phase === state.phase).length
      const isWhole = all >= state.members.length
      return isChair && isWhole ? [{ act: 'close-phase', path: chair }] : []
    }
    case 'aggregated':
      if (state.discussUntil !== null)
        return [{ act: 'discuss-result', until: state.discussUntil, path }]
      return openAlarms(state).some((a) => a.member === own.party)
        ? [{ act: 'confirm-score', path }]
        : []
    case 'ranked': {
      const hasSigned = state.signatures.some((s) => s.member === own.party)
      if (!hasSigned) return [{ act: 'sign-report', until: state.signUntil, path }]
      const isWhole = state.signatures.length === state.members.length
      return isChair && isWhole ? [{ act: 'submit-report', path: chair }] : []
    }
    default:
      return []
  }
}

/** A motion that is open and on which the member has not voted. */
function voteDuty(state: State, own: Own, path: string) {
  if (!('members' in state) || !state.members.some((m) => m.id === own.party)) return []
  if (state.stage !== 'phase' && state.stage !== 'aggregated') return []
  const isOpen = Object.values(state.motions).some(
    (m) => m.outcome === 'open' && !(own.party in m.votes),
  )
  return isOpen ? [{ act: 'vote-motion', path }] : []
}

function outsideDuty(trade: Trade, lot: string, state: State, own: Own) {
  const isParty = own.roles.has('Pu') || own.roles.has('Ag')
  if (isParty && state.stage === 'none' && trade.lots.get(lot)?.stage === 'qualifying')
    return [{ act: 'review-qualification', path: `/t/${trade.id}/qualification?lot=${lot}` }]
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
  const chair = `/t/${trade.id}/desk/chair?lot=${lot}`
  return [
    ...memberDuty(state, own, path, chair),
    ...voteDuty(state, own, path),
    ...outsideDuty(trade, lot, state, own),
  ]
}
