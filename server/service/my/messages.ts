import type { Role } from '../../access.ts'
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
  readonly type: string
  readonly at: string
  /** The legal moment: real time by the database. */
  readonly recordedAt: string
}

/** Which events are a notice to whom. */
const notices: Readonly<Record<string, readonly Role[]>> = {
  DocumentReturned: ['Ag'],
  DocumentApproved: ['Ag'],
  NoticePublished: ['Pu', 'Ag', 'Ce'],
  ClarificationIssued: ['Bown', 'Pu'],
  AnswerProposed: ['Pu'],
  AmendmentProposed: ['Pu'],
  ProposalEnded: ['Ag'],
  DocumentAmended: ['Bown', 'Pu', 'Ag'],
  DeadlineMoved: ['Bown', 'Pu', 'Ag', 'Ce'],
  LotTerminated: ['Bown', 'Ag', 'Ce'],
  LotFailed: ['Bown', 'Pu', 'Ag', 'Ce'],
  LotSuspended: ['Bown', 'Pu', 'Ag', 'Ce'],
  LotResumed: ['Bown', 'Pu', 'Ag', 'Ce'],
  OpeningStarted: ['Bown', 'Pu', 'Ag', 'Ce'],
  WindowExtended: ['Bown', 'Ag', 'Ce'],
  BidsOpened: ['Bown', 'Pu', 'Ag', 'Ce'],
  OpeningClosed: ['Bown', 'Pu', 'Ag', 'Ce'],
  LotEvaluated: ['Pu', 'Ag'],
  CandidatesPublished: ['Bown', 'Ag'],
  PublicityEnded: ['Pu', 'Ag'],
  LotAwarded: ['Bown', 'Pu', 'Ag'],
  AwardCancelled: ['Bown', 'Ag'],
  ResultPublished: ['Bown', 'Pu', 'Ag'],
  ContractSigned: ['Pu', 'Ag'],
}

/** A trade's notices to someone of these roles, newest first. */
export function messagesOf(trade: Trade, roles: ReadonlySet<Role>): Message[] {
  const { project } = trade
  const title =
    project.stage !== 'none' && project.document
      ? project.document.title
      : { zh: trade.id, en: trade.id }
  return trade.view.events
    .filter(({ event }) => notices[event.type]?.some((role) => roles.has(role)))
    .filter(({ event }) => mayHear(event, trade, roles))
    .map(({ event, digest }) => ({
      id: Buffer.from(digest).toString('base64url'),
      trade: trade.id,
      lot: lotOfStream(event.stream) ?? null,
      title,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
    }))
    .reverse()
}
