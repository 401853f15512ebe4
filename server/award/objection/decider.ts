import type { Calendar } from '../../kernel/calendar.ts'
import {
  at,
  type Context,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
} from '../../kernel/decider.ts'
import type { Regime } from '../../tendering/project/document.ts'
import { type Against, replyUntil } from '../award/rules.ts'
import { problems } from './problems.ts'

/**
 * Objection 异议 (tender) or challenge 质疑 (government procurement): filed by a party in time,
 * accepted or refused with reasons, answered by purchaser or agency within the law's limit. What is
 * open about a tender's result suspends the lot (`server/policies.ts`).
 * @source 招标投标法实施条例 art. 22, 44, 54; 政府采购法 art. 52, 53; 财政部令第94号 ○
 */
export type Kind = 'objection' | 'challenge'
export interface Filing {
  readonly id: string
  readonly lot: string
  readonly kind: Kind
  readonly about: Against
  readonly facts: string
  readonly request: string
  readonly law: string
}
export type Command =
  | ({ type: 'file' } & Filing)
  | { type: 'accept' }
  | { type: 'refuse'; reason: string }
  | { type: 'askCorrection'; text: string }
  | { type: 'reply'; upheld: boolean; text: string }
  | { type: 'withdraw' }
  | { type: 'passReplyLimit' }

type Of<S extends string, P> = { type: `Objection${S}` } & P
type Or<S extends string, P> = Of<S, P> | ({ type: `Challenge${S}` } & P)
export type Event =
  | Or<'Filed', Filing & { party: string; replyUntil: string; act: string }>
  | Or<'Accepted', { by: string }>
  | Or<'Refused', { reason: string }>
  | Or<'CorrectionAsked', { text: string }>
  | Or<'Answered', { upheld: boolean; text: string; act: string }>
  | Or<'Withdrawn', { party: string }>
  | Or<'ReplyOverdue', { limit: string }>

export interface Filed extends Filing {
  readonly party: string
  readonly filedAt: string
  /** The addressee's limit; from then on the next stage is open. */
  readonly replyUntil: string
  readonly correction: string | null
  readonly answer: { readonly upheld: boolean; readonly text: string; readonly at: string } | null
  readonly refusal: string | null
}
export type State =
  | { stage: 'none' }
  | ({
      stage: 'filed' | 'correcting' | 'accepted' | 'overdue' | 'answered' | 'refused' | 'withdrawn'
    } & Filed)

/** What may be objected to now, and until when. */
export interface Facts {
  readonly regime: Regime
  readonly calendar: Calendar
  /** Limit for each subject; null where there is nothing to object to. */
  readonly until: Readonly<Record<Against, string | null>>
}
type X = Context<Facts>

const wanted = (x: X): Kind => (x.facts.regime === 'tender' ? 'objection' : 'challenge')

/** One cell's events under the name of its kind. */
function named<C, P>(suffix: string, make: (s: Filed, c: C, x: X) => P) {
  const when = (kind: Kind) => (s: Filed, c: C, x: X) => s.kind === kind && make(s, c, x)
  return { [`Objection${suffix}`]: when('objection'), [`Challenge${suffix}`]: when('challenge') }
}

const fileCell = {
  before: { 'objection-too-late': (_: unknown, c: Filing, x: X) => x.facts.until[c.about] },
  unless: {
    'wrong-kind': (_: unknown, c: Filing, x: X) =>
      c.kind !== wanted(x) && { right: wanted(x) === 'objection' ? '异议' : '质疑' },
    'nothing-to-object': (_: unknown, c: Filing, x: X) => x.facts.until[c.about] === null,
  },
} as const
const filed = (kind: Kind) => (_: unknown, c: Extract<Command, { type: 'file' }>, x: X) => {
  const { type: _type, ...filing } = c
  const limit = replyUntil(x.facts.regime, x.now, x.facts.calendar).at
  const who = { party: x.actor.party, replyUntil: limit, act: x.act as string }
  return c.kind === kind && { ...filing, ...who }
}
const fileThen = { ObjectionFiled: filed('objection'), ChallengeFiled: filed('challenge') } as const

const notFiler = { 'not-the-filer': (s: Filed, _: unknown, x: X) => x.actor.party !== s.party }
const withdraw = {
  unless: notFiler,
  then: named('Withdrawn', (s) => ({ party: s.party })),
}
const reply = {
  then: named('Answered', (_, c: { upheld: boolean; text: string }, x) => ({
    upheld: c.upheld,
    text: c.text,
    act: x.act as string,
  })),
}
const passReplyLimit = {
  after: { 'not-yet': (s: Filed) => s.replyUntil },
  then: named('ReplyOverdue', (s) => ({ limit: s.replyUntil })),
}

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  none: { file: { ...fileCell, then: fileThen } },
  filed: {
    accept: { then: named('Accepted', (_, __, x) => ({ by: x.actor.party })) },
    refuse: { then: named('Refused', (_, c: { reason: string }) => ({ reason: c.reason })) },
    askCorrection: {
      // Defects are named at once: asking again and again would put off the reply for ever.
      unless: { 'correction-asked-already': (s) => s.correction !== null },
      then: named('CorrectionAsked', (_, c: { text: string }) => ({ text: c.text })),
    },
    withdraw,
    passReplyLimit,
  },
  correcting: {
    // What was filed in time may be mended: its time to be filed is over only once it is refused.
    file: {
      unless: {
        ...notFiler,
        'wrong-kind': fileCell.unless['wrong-kind'],
        'nothing-to-object': (s, c) => c.about !== s.about,
      },
      then: fileThen,
    },
    // Not mended within the time of the reply, it would hold the lot for ever.
    refuse: {
      after: { 'not-yet': (s) => s.replyUntil },
      then: named('Refused', (_, c: { reason: string }) => ({ reason: c.reason })),
    },
    withdraw,
  },
  accepted: { reply, withdraw, passReplyLimit },
  // Late, and still owed: a reply ends the suspension, though a complaint is open already.
  overdue: { reply, withdraw },
}

export function evolve(state: State, e: Event & Recorded): State {
  const suffix = e.type.replace(/^(Objection|Challenge)/, '')
  switch (e.type) {
    case 'ObjectionFiled':
    case 'ChallengeFiled': {
      const before = at(state, 'none', 'correcting')
      const correction = before.stage === 'correcting' ? before.correction : null
      const { id, lot, kind, about, facts, request, law, party, replyUntil: limit } = e
      const filing = { id, lot, kind, about, facts, request, law, party, filedAt: e.at }
      const open = { replyUntil: limit, correction, answer: null, refusal: null }
      return { stage: 'filed', ...filing, ...open }
    }
    case 'ObjectionAnswered':
    case 'ChallengeAnswered': {
      const answer = { upheld: e.upheld, text: e.text, at: e.at }
      return { ...at(state, 'accepted', 'overdue'), stage: 'answered', answer }
    }
    case 'ObjectionRefused':
    case 'ChallengeRefused':
      return { ...at(state, 'filed', 'correcting'), stage: 'refused', refusal: e.reason }
    case 'ObjectionCorrectionAsked':
    case 'ChallengeCorrectionAsked':
      return { ...at(state, 'filed'), stage: 'correcting', correction: e.text }
    default: {
      const s = at(state, 'filed', 'correcting', 'accepted', 'overdue')
      if (suffix === 'Accepted') return { ...s, stage: 'accepted' }
      if (suffix === 'ReplyOverdue') return { ...s, stage: 'overdue' }
      return { ...s, stage: 'withdrawn' }
    }
  }
}

const openStages: readonly State['stage'][] = ['filed', 'correcting', 'accepted', 'overdue']
/** Filed and not settled: neither answered, refused nor withdrawn. */
export const isOpen = (s: State): boolean => openStages.includes(s.stage)

export const objection: Decider<State, Command, Event, Facts> = {
  kind: 'objection',
  initial: { stage: 'none' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
