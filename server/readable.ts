import type { Role } from './access.ts'
import { addresseeOf, addressees } from './addressees.ts'
import type { Event } from './kernel/event.ts'
import { idOf, kindOf } from './kernel/streams.ts'
import { type AccessStage, accessStage, openingDrawId, type Trade } from './trade.ts'

/**
 * Who may read an event, its salt and its proof: `domain.md` §2 as a table by event type. Deny by
 * default. Hidden streams are not here: until the opening they are their party's alone.
 */
type Rule = Readonly<Partial<Record<AccessStage | 'always', readonly Role[]>>>

const all: Rule = { always: ['Pub'] }
const parties: Rule = { always: ['Pu', 'Ag'], S1: ['Re'] }
/** Draw rules and commitment: the four until the end, then all. */
const draw: Rule = { always: ['Pu', 'Ag', 'Ce', 'Re'], S5: ['Pub'] }
/** Results of the expert draw: ids alone, for venue staff and regulator; all at the end. */
const drawn: Rule = { always: ['Ce', 'Re'], S3: ['Ex'], S5: ['Pub'] }
/** The committee's work: its members and the regulator; the report's readers afterwards. */
const committee: Rule = { always: ['Ex', 'Re'], S4: ['Pu', 'Ag'], S5: ['Pu', 'Ag'] }
export const eventRules: Readonly<Record<string, Rule>> = {
  ProjectCreated: parties,
  DocumentSaved: parties,
  DocumentReturned: parties,
  DocumentApproved: parties,
  NoticePublished: all,
  ClarificationIssued: all,
  AnswerProposed: parties,
  AmendmentProposed: parties,
  ProposalEnded: parties,
  DocumentAmended: all,
  DeadlineMoved: all,
  ProjectRelinked: all,
  ClockMoved: all,
  LotOpened: all,
  DeadlinePassed: all,
  LotFailed: all,
  QualificationBegan: all,
  EvaluationBegan: all,
  LotEvaluated: committee,
  LotTerminated: all,
  CandidatesPublished: all,
  PublicityEnded: all,
  LotAwarded: all,
  AwardCancelled: all,
  CandidatePassedOver: { always: ['Pu', 'Ag', 'Re'], S5: ['Pub'] },
  ReportSentBack: { always: ['Pu', 'Ag', 'Ex', 'Re'] },
  ResultPublished: all,
  ContractProposed: { always: ['Pu', 'Ag', 'Re'] },
  ContractProposalEnded: { always: ['Pu', 'Ag', 'Re'] },
  ContractSigned: all,
  BagExported: parties,
  HeadsRecorded: all,
  LotArchived: all,
  LotSuspended: all,
  LotResumed: all,
  HallOpened: all,
  SignedIn: all,
  OpeningStarted: all,
  OpeningAborted: all,
  ParametersDrawn: all,
  DrawingTimedOut: all,
  KeyReleased: all,
  ShareReleased: all,
  WindowExtended: all,
  BidsOpened: all,
  QuotationsRead: all,
  RowConfirmed: all,
  ConfirmationClosed: all,
  OpeningObjectionFiled: all,
  OpeningObjectionAnswered: all,
  RecordSigned: all,
  OpeningClosed: all,
  OpeningHalted: all,
  OpeningResumed: all,
  DrawPrepared: draw,
  RepresentativesNamed: draw,
  NonceCommitted: draw,
  DrawCommitted: draw,
  CheckpointTaken: draw,
  NonceRevealed: draw,
  NonceMissing: draw,
  SeedFixed: draw,
  DrawLapsed: draw,
  ExpertsDrawn: drawn,
  ExpertAccepted: drawn,
  ExpertDeclined: drawn,
  ExpertReplaced: drawn,
  ExpertRecused: drawn,
  DrawWidened: drawn,
  DrawCompleted: drawn,
  MemberCheckedIn: drawn,
  CommitteeAssembled: committee,
  CommitmentSigned: committee,
  QualificationReviewed: { always: ['Pu', 'Ag', 'Re', 'Ex'] },
  BidRejected: committee,
  VoteCast: committee,
  ChairElected: committee,
  // Others' sheets: nobody's before all are in, so the regulator alone hears of one at once.
  SheetSubmitted: { always: ['Re'], S4: ['Pu', 'Ag', 'Ex'], S5: ['Pu', 'Ag', 'Ex'] },
  SheetReopened: committee,
  ExplanationRequested: committee,
  ExplanationGiven: committee,
  ExplanationAccepted: committee,
  PhaseClosed: committee,
  MemberReplaced: committee,
  MemberLeft: committee,
  CommitteeDissolved: committee,
  ScoreAlarmRaised: committee,
  ScoreConfirmed: committee,
  BidsRanked: committee,
  ReportSigned: committee,
  DissentRecorded: committee,
  ReportSubmitted: committee,
  RevocationNoted: committee,
  CorrectionProposed: committee,
  CorrectionAnswered: committee,
  ReportReturned: committee,
  RecheckBegan: committee,
  DiscussionEnded: committee,
  EvaluationFailed: committee,
  EvaluationPaused: committee,
  EvaluationResumed: committee,
}

/** Who hears of an event that he may not read yet: what it asks of him is among his duties. */
const hearers: Readonly<Record<string, readonly Role[]>> = {
  MemberLeft: ['Pu'],
  CommitteeDissolved: ['Pu', 'Ag', 'Ce'],
}

const order: readonly AccessStage[] = ['S0', 'S1', 'S2', 'S3', 'S4', 'S5']
const hasReached = (stage: AccessStage, from: AccessStage) =>
  order.indexOf(stage) >= order.indexOf(from)

/** The lot that an event's stream is about, if it is about one. */
export function lotOfStream(stream: string): string | undefined {
  return ['lot', 'draw', 'evaluation'].includes(kindOf(stream)) ? idOf(stream) : undefined
}

function isAddressed(
  event: Event,
  trade: Trade,
  party: string | undefined,
  how: 'hears' | 'reads',
): boolean {
  const from = addressees[event.type]?.[how] ?? 'S1'
  return (
    party !== undefined &&
    hasReached(accessStage(trade, lotOfStream(event.stream)), from) &&
    addresseeOf(event, trade) === party
  )
}

/**
 * Whether someone of these roles, acting for this party, may read an open event of the trade, with
 * its salt and proof, as it stands now.
 */
export function mayRead(
  event: Event,
  trade: Trade,
  roles: ReadonlySet<Role>,
  party?: string,
): boolean {
  const stage = accessStage(trade, lotOfStream(event.stream))
  // Before its publication nobody else may know that the project exists.
  if (stage === 'S0' && !roles.has('Pu') && !roles.has('Ag')) return false
  if (isAddressed(event, trade, party, 'reads')) return true
  if (kindOf(event.stream) === 'objection') return mayReadObjection(roles)
  // The draw of K or method is everyone's to recompute (`domain.md` §2).
  if (event.stream === `draw:${openingDrawId(trade.id)}`) return true
  if (isAwardUnpublished(event, trade)) return mayReadObjection(roles)
  const rule = eventRules[event.type]
  if (!rule) return false
  const reached = order.slice(0, order.indexOf(stage) + 1)
  const readers = [...(rule.always ?? []), ...reached.flatMap((s) => rule[s] ?? [])]
  return readers.some((role) => roles.has(role))
}

/**
 * Government procurement: who has won is the parties' until the signed result notice, and so is what
 * became of an award that had none.
 * @source 政府采购法实施条例 art. 43; 财政部令第87号 art. 69 ○
 */
function isAwardUnpublished({ type, stream, version }: Event, { view, lots }: Trade): boolean {
  if (type !== 'LotAwarded' && type !== 'AwardCancelled') return false
  const lot = lots.get(idOf(stream))
  if (!lot || lot.stage === 'none' || lot.regime === 'tender') return false
  const steps = (view.streams.get(stream)?.events ?? [])
    .map(({ event }) => event)
    .filter((e) => e.type === 'LotAwarded' || e.type === 'ResultPublished')
  const isResult = (e: Event | undefined) => e?.type === 'ResultPublished'
  // The last step before a cancellation says whether all knew of the award that it ends.
  const before = steps.filter((e) => e.version < version).at(-1)
  if (type === 'AwardCancelled' && isResult(before)) return false
  return !steps.some((e) => e.version > version && isResult(e))
}

const mayReadObjection = (roles: ReadonlySet<Role>) =>
  (['Pu', 'Ag', 'Re'] as const).some((role) => roles.has(role))

/** Whether he hears that it happened: whoever may read it, and the party that it is addressed to. */
export function mayHear(
  event: Event,
  trade: Trade,
  roles: ReadonlySet<Role>,
  party?: string,
): boolean {
  if (mayRead(event, trade, roles, party) || isAddressed(event, trade, party, 'hears')) return true
  return (hearers[event.type] ?? []).some((role) => roles.has(role))
}

/**
 * Whether an act of the draw calls this expert, or takes his call back. He hears that something
 * waits for him; whose project it is he learns as a member.
 */
export function isCallOf({ stream, type, at, data }: Event, trade: Trade, party: string): boolean {
  if (kindOf(stream) !== 'draw') return false
  if (type === 'ExpertReplaced') return data.by === party || data.leaves === party
  if (type !== 'ExpertsDrawn' && type !== 'DrawWidened') return false
  const state = trade.draws.get(idOf(stream))
  if (state?.stage !== 'notifying' && state?.stage !== 'complete') return false
  return state.seats.some((seat) => seat.expert === party && seat.calledAt === at)
}
