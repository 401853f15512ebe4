import { dataOf } from './event-data.ts'
import type { Event } from './kernel/event.ts'
import { idOf } from './kernel/streams.ts'
import type { AccessStage, Trade } from './trade.ts'

type PartyOf = (event: Event, trade: Trade) => string | null | undefined
interface Addressed {
  /** In words, for the docs. */
  readonly who: string
  readonly party: PartyOf
  /** From which stage it hears of the event; absent: as it happens. */
  readonly hears?: AccessStage
  /** From which stage it reads the event too: one that a member did names a member. */
  readonly reads?: AccessStage
}

const named =
  (field: 'bidder' | 'member' | 'leaves' | 'expert'): PartyOf =>
  ({ data }) =>
    typeof data[field] === 'string' ? data[field] : null

/** One who was called to a seat and did not take it never learns whose project it was. */
const whoSat =
  (field: 'member' | 'leaves'): PartyOf =>
  (event, trade) => {
    const id = named(field)(event, trade)
    const drawn = trade.view.streams.get(`draw:${idOf(event.stream)}`)?.events ?? []
    const hasAccepted = drawn.some(
      ({ event: { type, data } }) => type === 'ExpertAccepted' && data.expert === id,
    )
    return hasAccepted || event.data.represents === 'purchaser' ? id : null
  }

const toBidder: Addressed = { who: 'the bidder', party: named('bidder') }
const toMember: Addressed = { who: 'the member', party: named('member') }
const byMember = { reads: 'S5' } as const
const toWinner: Addressed = {
  who: 'who had the award then',
  party: ({ stream, version }, { view }) =>
    view.streams
      .get(stream)
      ?.events.filter(({ event }) => event.version < version)
      .map(({ event }) => dataOf(event, 'lot', 'LotAwarded')?.bidder)
      .findLast(Boolean),
}
const toHolder: Addressed = {
  who: 'whose objection holds the lot',
  party: ({ stream, data }, { objections }) =>
    [...objections.values()].flatMap((o) =>
      o.stage !== 'none' && o.lot === idOf(stream) && o.id === data.by ? [o.party] : [],
    )[0],
}
const toFiler: Addressed = {
  who: 'its filer',
  party: ({ stream }, { objections }) => {
    const found = objections.get(idOf(stream))
    return found && found.stage !== 'none' ? found.party : null
  },
}

/**
 * The one party that an event is addressed to, whatever roles it has: who must answer, whose bid,
 * award, seat or objection it is about. It hears of it and may read it beside those of `eventRules`.
 */
export const addressees: Readonly<Record<string, Addressed>> = {
  OpeningObjectionAnswered: {
    who: 'who objected',
    party: ({ data }, { session }) =>
      session.stage === 'scheduled'
        ? null
        : session.objections.find((o) => o.id === data.id)?.party,
  },
  LotSuspended: toHolder,
  LotResumed: toHolder,
  CandidatePassedOver: toBidder,
  ContractProposed: toWinner,
  ContractProposalEnded: toWinner,
  ContractSigned: toWinner,
  ExpertRecused: { who: 'the expert', party: named('expert') },
  MemberReplaced: { who: 'the member who leaves', party: whoSat('leaves'), ...byMember },
  MemberLeft: { who: 'the member who leaves', party: named('member'), ...byMember },
  CommitteeDissolved: { who: 'the member who leaves', party: whoSat('member'), ...byMember },
  SheetReopened: toMember,
  ScoreAlarmRaised: toMember,
  ExplanationRequested: { ...toBidder, ...byMember },
  ExplanationGiven: toBidder,
  ExplanationAccepted: { ...toBidder, ...byMember },
  CorrectionProposed: { ...toBidder, ...byMember },
  CorrectionAnswered: toBidder,
  RevocationNoted: toBidder,
  // Grounds of rejection are told with the result, by the letter.
  BidRejected: { ...toBidder, hears: 'S5', reads: 'S5' },
  ...Object.fromEntries(
    ['Filed', 'Accepted', 'Refused', 'CorrectionAsked', 'Answered', 'Withdrawn', 'ReplyOverdue']
      .flatMap((step) => [`Objection${step}`, `Challenge${step}`])
      .map((type) => [type, toFiler]),
  ),
}

/** The party that an event is addressed to; the trade is judged as it stands. */
export function addresseeOf(event: Event, trade: Trade): string | null {
  return addressees[event.type]?.party(event, trade) ?? null
}
