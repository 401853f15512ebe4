import type { Role } from '../../access.ts'
import { addresseeOf } from '../../addressees.ts'
import { dataOf } from '../../event-data.ts'
import type { Event, StoredEvent } from '../../kernel/event.ts'
import { idOf, kindOf } from '../../kernel/streams.ts'
import { lotOfStream, mayHear } from '../../readable.ts'
import type { Trade } from '../../trade.ts'

/**
 * In-system messages. The moment of an event's record is the legal moment of notice to whoever may
 * read it here; mail and phone only repeat it. They are read from the events, never stored by party:
 * a table of them would tell who takes part.
 */
export interface Message {
  readonly id: string
  readonly trade: string
  readonly lot: string | null
  readonly title: { readonly zh: string; readonly en: string }
  /** Names its words: the event's type, and how it went where that is the message. */
  readonly type: string
  readonly at: string
  /** The legal moment: real time by the database. */
  readonly recordedAt: string
}

/** `addressee`: the one party that the event is addressed to, whatever its roles. */
type Told = Role | 'addressee'
const filer: readonly Told[] = ['addressee']
const answerer: readonly Told[] = ['Pu', 'Ag']
const seats: readonly Told[] = ['Ex']
const hosts: readonly Told[] = ['Ag', 'Ce']
const four: readonly Told[] = ['Bown', 'Pu', 'Ag', 'Ce']

/**
 * Which events are a notice to whom: those who must act next, whose time runs, or whose bid, award,
 * seat or objection it is. One's own acts are none, and their receipts say what they are.
 */
export const notices: Readonly<Record<string, readonly Told[]>> = {
  DocumentReturned: ['Ag'],
  DocumentApproved: ['Ag'],
  NoticePublished: ['Pu', 'Ag', 'Ce'],
  ClarificationIssued: ['Bown', 'Pu'],
  AnswerProposed: ['Pu'],
  AmendmentProposed: ['Pu'],
  ProposalEnded: ['Pu', 'Ag'],
  DocumentAmended: ['Bown', 'Pu', 'Ag'],
  DeadlineMoved: four,
  ProjectRelinked: ['Bown', 'Ag', 'Ce'],
  LotTerminated: ['Bown', 'Ag', 'Ce', 'Ex'],
  LotFailed: [...four, 'Ex'],
  LotSuspended: [...four, 'Ex', 'addressee'],
  LotResumed: [...four, 'Ex', 'addressee'],
  QualificationBegan: ['Pu', 'Ag'],
  EvaluationBegan: ['Pu', 'Ag', 'Ce'],
  HallOpened: hosts,
  OpeningStarted: four,
  OpeningAborted: four,
  DrawingTimedOut: hosts,
  WindowExtended: ['Bown', 'Ag', 'Ce'],
  OpeningHalted: four,
  OpeningResumed: four,
  BidsOpened: four,
  OpeningObjectionFiled: hosts,
  OpeningObjectionAnswered: filer,
  RecordSigned: ['Ce'],
  OpeningClosed: four,
  DrawPrepared: ['Pu', 'Ce'],
  RepresentativesNamed: ['Ag'],
  CheckpointTaken: ['Pu', 'Ag', 'Ce'],
  NonceMissing: ['Pu', 'Ag', 'Ce'],
  DrawLapsed: ['Pu', 'Ag', 'Ce'],
  DrawCompleted: ['Ce'],
  ExpertRecused: ['Ce', 'addressee'],
  CommitteeAssembled: seats,
  ChairElected: seats,
  MemberReplaced: [...seats, 'addressee'],
  MemberLeft: [...seats, 'Pu', 'addressee'],
  CommitteeDissolved: [...seats, 'Pu', 'Ag', 'Ce', 'addressee'],
  ExplanationRequested: ['addressee'],
  ExplanationGiven: seats,
  ExplanationAccepted: ['addressee'],
  CorrectionProposed: ['addressee'],
  CorrectionAnswered: [...seats, 'addressee'],
  RevocationNoted: [...seats, 'addressee'],
  SheetReopened: ['addressee'],
  ScoreAlarmRaised: ['addressee'],
  BidsRanked: seats,
  ReportReturned: seats,
  RecheckBegan: seats,
  EvaluationPaused: seats,
  EvaluationResumed: seats,
  LotEvaluated: ['Pu', 'Ag'],
  ReportSentBack: ['Ag', 'Ex'],
  CandidatePassedOver: ['Ag', 'addressee'],
  CandidatesPublished: ['Bown', 'Ag'],
  PublicityEnded: ['Pu', 'Ag'],
  LotAwarded: ['Bown', 'Pu', 'Ag'],
  AwardCancelled: ['Bown', 'Ag'],
  ResultPublished: ['Bown', 'Pu', 'Ag'],
  ContractProposed: ['addressee'],
  ContractProposalEnded: ['Pu', 'addressee'],
  ContractSigned: ['Pu', 'Ag', 'addressee'],
  ...Object.fromEntries(
    ['Objection', 'Challenge'].flatMap((kind) => [
      [`${kind}Filed`, answerer],
      [`${kind}Withdrawn`, answerer],
      [`${kind}ReplyOverdue`, [...answerer, ...filer]],
      ...['Accepted', 'Refused', 'CorrectionAsked', 'Answered'].map((step) => [
        `${kind}${step}`,
        filer,
      ]),
    ]),
  ),
}

/** Of a party's own hidden stream: what others did there, or the platform. */
const hiddenNotices = new Set(['BondSettled', 'SignatureSettled', 'ActRefused'])

function messageType(event: Event): string {
  const settled = dataOf(event, 'bid', 'BondSettled')
  return settled ? `${event.type}.${settled.how}` : event.type
}

/**
 * Government procurement: an award, or the end of one, that the bidders learn with the signed result
 * notice. That is their notice: what they could not read when it happened served nobody.
 * @source 政府采购法实施条例 art. 43
 */
function isTakenInByResult({ type, stream, version }: Event, { lots, view }: Trade): boolean {
  if (type !== 'LotAwarded' && type !== 'AwardCancelled') return false
  const lot = lots.get(idOf(stream))
  if (!lot || lot.stage === 'none' || lot.regime === 'tender') return false
  const before = (view.streams.get(stream)?.events ?? []).findLast(
    ({ event: e }) =>
      e.version < version && (e.type === 'LotAwarded' || e.type === 'ResultPublished'),
  )
  return type === 'LotAwarded' || before?.event.type !== 'ResultPublished'
}

/**
 * A trade's notices to someone of these roles, acting for this party, newest first.
 * @param roles what he is in the trade for one of its events
 * @param own events of the party's own hidden streams, by lot
 */
export function messagesOf(
  trade: Trade,
  roles: (event: Event) => ReadonlySet<Role>,
  party: string,
  own: ReadonlyMap<string, readonly StoredEvent[]> = new Map(),
): Message[] {
  const { project } = trade
  const title =
    project.stage !== 'none' && project.document
      ? project.document.title
      : { zh: trade.id, en: trade.id }
  const message = ({ event, digest }: StoredEvent, lot: string | null): Message => ({
    id: Buffer.from(digest).toString('base64url'),
    trade: trade.id,
    lot,
    title,
    type: messageType(event),
    at: event.at,
    recordedAt: event.recordedAt,
  })
  const isFor = (event: Event, told: Told, his: ReadonlySet<Role>) =>
    told === 'addressee'
      ? addresseeOf(event, trade) === party
      : his.has(told) && !(told === 'Bown' && isTakenInByResult(event, trade))
  const open = trade.view.events.filter(({ event }) => {
    const rows = notices[event.type]
    if (!rows) return false
    const his = roles(event)
    return rows.some((told) => isFor(event, told, his)) && mayHear(event, trade, his, party)
  })
  const hidden = [...own].flatMap(([lot, events]) =>
    events
      .filter(({ event }) => hiddenNotices.has(event.type))
      .map((stored) => message(stored, lot)),
  )
  return [...open.map((one) => message(one, lotOfMessage(trade, one.event))), ...hidden].sort(
    (a, b) => (a.recordedAt < b.recordedAt ? 1 : -1),
  )
}

/** The lot that a message is about: its stream's own, or its objection's. */
function lotOfMessage(trade: Trade, { stream }: Event): string | null {
  const objection = trade.objections.get(idOf(stream))
  if (kindOf(stream) === 'objection' && objection && objection.stage !== 'none')
    return objection.lot
  return lotOfStream(stream) ?? null
}
