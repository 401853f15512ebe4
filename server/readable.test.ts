import { expect, test } from 'vitest'
import { addressees } from './addressees.ts'
import type { Event } from './kernel/event.ts'
import { mayHear, mayRead } from './readable.ts'
import { notices } from './service/my/messages.ts'
import { deciders, type StreamKind } from './streams.ts'
import type { Trade } from './trade.ts'

/** Kinds of streams whose events are a trade's, in the open. */
const kinds: readonly StreamKind[] = [
  ...(['project', 'lot', 'openingSession', 'draw', 'evaluation', 'objection'] as const),
]
const typesOf = (kind: StreamKind): string[] =>
  Object.values(deciders[kind].table).flatMap((cells) =>
    Object.values(cells as Record<string, { then: object }>).flatMap(({ then }) =>
      Object.keys(then),
    ),
  )
const all = [...new Set(kinds.flatMap(typesOf))].sort()

/** Events that ask nothing of anybody and are nobody's notice. */
const silent = [
  // Steps of one's own work, or of a demonstration.
  ...['ProjectCreated', 'DocumentSaved', 'ClockMoved', 'BagExported', 'HeadsRecorded'],
  // What follows by itself from what was told, and is on everybody's page.
  ...['LotOpened', 'DeadlinePassed', 'LotArchived', 'EvaluationFailed', 'DiscussionEnded'],
  // In the hall, where those who take part look on.
  ...['SignedIn', 'ParametersDrawn', 'KeyReleased', 'QuotationsRead'],
  ...['RowConfirmed', 'ConfirmationClosed'],
  // Steps of a draw between those that ask for something; called experts hear without a message.
  ...['NonceCommitted', 'DrawCommitted', 'NonceRevealed', 'SeedFixed', 'ExpertsDrawn'],
  ...['ExpertAccepted', 'ExpertDeclined', 'ExpertReplaced', 'DrawWidened', 'MemberCheckedIn'],
  // The committee's own steps, which its desk shows; grounds of rejection come with the result.
  ...['QualificationReviewed', 'BidRejected', 'CommitmentSigned', 'VoteCast', 'SheetSubmitted'],
  ...['PhaseClosed', 'ScoreConfirmed', 'ReportSigned', 'DissentRecorded', 'ReportSubmitted'],
]

test('of every event it is said whom it notifies, or that it notifies nobody', () => {
  expect([...Object.keys(notices), ...silent].sort()).toEqual(all)
})

test('every addressee is of an event that happens', () => {
  expect(Object.keys(addressees).filter((type) => !all.includes(type))).toEqual([])
})

test('a notice that goes to its addressee has one', () => {
  const addressed = Object.entries(notices).filter(([, told]) => told.includes('addressee'))
  expect(addressed.length).toBeGreaterThan(15)
  for (const [type] of addressed) expect(addressees[type], type).toBeDefined()
})

/** A trade whose one lot stands at a stage. */
const tradeAt = (stage: string) =>
  ({
    id: 'P',
    project: { stage: 'published' },
    lots: new Map([['P-1', { stage }]]),
    draws: new Map(),
    objections: new Map(),
    session: { stage: 'scheduled' },
    view: { streams: new Map() },
  }) as unknown as Trade
const eventOf = (type: string, data: object) =>
  ({ stream: 'evaluation:P-1', version: 3, type, data, actor: {} }) as unknown as Event

test.each(['ExplanationRequested', 'ExplanationAccepted', 'CorrectionProposed'])(
  '%s is heard by its bidder at once, and read once nobody’s seat is secret any more',
  (type) => {
    const event = eventOf(type, { bidder: 'A' })
    const nobody = new Set<never>()
    expect(mayHear(event, tradeAt('evaluating'), nobody, 'A')).toBe(true)
    expect(mayRead(event, tradeAt('evaluating'), nobody, 'A')).toBe(false)
    expect(mayRead(event, tradeAt('awarded'), nobody, 'A')).toBe(true)
    for (const stage of ['evaluating', 'awarded'])
      expect(mayHear(event, tradeAt(stage), nobody, 'B')).toBe(false)
  },
)

test('a rejection is told to its bidder with the result, not before', () => {
  const event = eventOf('BidRejected', { bidder: 'A' })
  const nobody = new Set<never>()
  for (const stage of ['qualifying', 'evaluating', 'evaluated', 'publicity'])
    expect(mayHear(event, tradeAt(stage), nobody, 'A'), stage).toBe(false)
  expect(mayRead(event, tradeAt('awarded'), nobody, 'A')).toBe(true)
})
