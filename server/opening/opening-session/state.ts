import { at, type Recorded, unreachable } from '../../kernel/decider.ts'
import type { OpeningWindows } from '../../tendering/project/document.ts'
import type {
  DrawnParameters,
  Event,
  HallRole,
  ListedBid,
  ListedLot,
  OpenedRow,
  OwnRow,
} from './events.ts'
import { confirmEndsAt, decryptEndsAt, drawingEndsAt } from './rules.ts'

export type LiveStage =
  | 'signIn'
  | 'drawing'
  | 'decrypting'
  | 'readingOut'
  | 'confirming'
  | 'closing'

export interface Session {
  readonly project: string
  readonly windows: OpeningWindows
  readonly signedIn: readonly {
    readonly role: HallRole
    readonly party: string
    readonly name: string
    readonly at: string
  }[]
  readonly startedAt: string | null
  readonly lots: readonly ListedLot[]
  /** Lots with fewer than three bids: they went back sealed, nobody is named. */
  readonly returned: readonly string[]
  readonly parameters: readonly DrawnParameters[]
  readonly drawingTimeouts: number
  /** End of the window that runs: drawing, decrypting or confirming. */
  readonly windowEndsAt: string | null
  readonly released: readonly (OwnRow & { readonly at: string })[]
  readonly rows: readonly OpenedRow[]
  readonly openedAt: string | null
  readonly confirmed: readonly (OwnRow & { readonly at: string; readonly act: string })[]
  readonly silent: readonly OwnRow[]
  readonly objections: readonly {
    readonly id: string
    readonly lot: string
    readonly party: string
    readonly text: string
    readonly at: string
    readonly answer: { readonly text: string; readonly at: string } | null
  }[]
  readonly extensions: readonly {
    readonly minutes: number
    readonly reason: string
    readonly at: string
  }[]
  readonly halts: readonly {
    readonly by: string
    readonly cause: string
    readonly at: string
    readonly resumedAt: string | null
  }[]
  readonly hostSignature: {
    readonly recordSha256: string
    readonly act: string
    readonly at: string
  } | null
  readonly closedAt: string | null
  readonly recordSha256: string | null
}
export type State =
  | { stage: 'scheduled' }
  | ({ stage: LiveStage | 'closed' | 'aborted' } & Session)
  | ({ stage: 'halted'; back: LiveStage; leftMs: number | null } & Session)
export type Live = Extract<State, { stage: LiveStage }>

const liveStages = [
  'signIn',
  'drawing',
  'decrypting',
  'readingOut',
  'confirming',
  'closing',
] as const
const emptySession = {
  signedIn: [],
  startedAt: null,
  lots: [],
  returned: [],
  parameters: [],
  drawingTimeouts: 0,
  windowEndsAt: null,
  released: [],
  rows: [],
  openedAt: null,
  confirmed: [],
  silent: [],
  objections: [],
  extensions: [],
  halts: [],
  hostSignature: null,
  closedAt: null,
  recordSha256: null,
} as const

/** Lots whose parameters are still to be drawn. */
export const undrawnLots = (s: Session): string[] =>
  s.lots
    .filter((l) => l.draws.length > 0 && !s.parameters.some((p) => p.lot === l.lot))
    .map((l) => l.lot)

export function evolve(state: State, e: Event & Recorded): State {
  switch (e.type) {
    case 'HallOpened': {
      at(state, 'scheduled')
      return { stage: 'signIn', project: e.project, windows: e.windows, ...emptySession }
    }
    case 'SignedIn': {
      const s = live(state)
      const { role, party, name } = e
      return { ...s, signedIn: [...s.signedIn, { role, party, name, at: e.at }] }
    }
    case 'OpeningStarted': {
      const s = at(state, 'signIn')
      const started = { ...s, lots: e.lots, returned: e.returned, startedAt: e.at }
      return undrawnLots(started).length > 0
        ? { ...started, stage: 'drawing', windowEndsAt: drawingEndsAt(e.at) }
        : decrypting(started, e.at)
    }
    case 'OpeningAborted': {
      const s = live(state)
      return { ...s, stage: 'aborted', returned: e.returned, windowEndsAt: null }
    }
    case 'ParametersDrawn': {
      const s = at(state, 'drawing')
      const { lot, k, method, draw } = e
      const drawn = { ...s, parameters: [...s.parameters, { lot, k, method, draw }] }
      return undrawnLots(drawn).length > 0 ? drawn : decrypting(drawn, e.at)
    }
    case 'DrawingTimedOut': {
      const s = at(state, 'drawing')
      return { ...s, drawingTimeouts: e.attempt, windowEndsAt: drawingEndsAt(e.at) }
    }
    default:
      return evolveOpened(state, e)
  }
}

type LaterEvent = Exclude<
  Event & Recorded,
  {
    type:
      | 'HallOpened'
      | 'SignedIn'
      | 'OpeningStarted'
      | 'OpeningAborted'
      | 'ParametersDrawn'
      | 'DrawingTimedOut'
  }
>

function evolveOpened(state: State, e: LaterEvent): State {
  switch (e.type) {
    case 'KeyReleased': {
      const s = at(state, 'decrypting')
      return { ...s, released: [...s.released, { lot: e.lot, party: e.party, at: e.at }] }
    }
    case 'WindowExtended': {
      const s = at(state, 'decrypting')
      const { minutes, reason } = e
      const extensions = [...s.extensions, { minutes, reason, at: e.at }]
      return { ...s, windowEndsAt: e.until, extensions }
    }
    case 'BidsOpened': {
      const s = at(state, 'decrypting')
      return { ...s, stage: 'readingOut', rows: e.rows, openedAt: e.at, windowEndsAt: null }
    }
    case 'QuotationsRead': {
      const s = at(state, 'readingOut')
      return { ...s, stage: 'confirming', windowEndsAt: confirmEndsAt(e.at, s.windows) }
    }
    case 'RowConfirmed': {
      const s = at(state, 'confirming')
      const { lot, party, act } = e
      return { ...s, confirmed: [...s.confirmed, { lot, party, act, at: e.at }] }
    }
    case 'ConfirmationClosed':
      return { ...at(state, 'confirming'), stage: 'closing', silent: e.silent, windowEndsAt: null }
    case 'OpeningObjectionFiled': {
      const s = live(state)
      const { id, lot, party, text } = e
      const filed = { id, lot, party, text, at: e.at, answer: null }
      return { ...s, objections: [...s.objections, filed] }
    }
    case 'OpeningObjectionAnswered': {
      const s = live(state)
      const answer = { text: e.text, at: e.at }
      return {
        ...s,
        objections: s.objections.map((one) => (one.id === e.id ? { ...one, answer } : one)),
      }
    }
    case 'RecordSigned': {
      const { recordSha256, act } = e
      return { ...at(state, 'closing'), hostSignature: { recordSha256, act, at: e.at } }
    }
    case 'OpeningClosed': {
      const s = at(state, 'closing')
      return { ...s, stage: 'closed', closedAt: e.at, recordSha256: e.recordSha256 }
    }
    case 'OpeningHalted': {
      const s = at(state, ...liveStages)
      const { by, cause, leftMs } = e
      const halts = [...s.halts, { by, cause, at: e.at, resumedAt: null }]
      return { ...s, stage: 'halted', back: s.stage, leftMs, halts, windowEndsAt: null }
    }
    case 'OpeningResumed': {
      const { back, leftMs, ...s } = at(state, 'halted')
      const halts = s.halts.map((h) => (h.resumedAt === null ? { ...h, resumedAt: e.at } : h))
      return { ...s, stage: back, halts, windowEndsAt: e.windowEndsAt }
    }
    default:
      return unreachable(e)
  }
}

function live(state: State): Exclude<State, { stage: 'scheduled' | 'closed' | 'aborted' }> {
  return at(state, ...liveStages, 'halted') as Exclude<
    State,
    { stage: 'scheduled' | 'closed' | 'aborted' }
  >
}

const decrypting = (s: Session, from: string): State => ({
  ...s,
  stage: 'decrypting',
  windowEndsAt: decryptEndsAt(from, s.windows),
})

/** Every live lot's listed bids; a lot that was terminated meanwhile is left out. */
export const listedRows = (s: Session, openLots: readonly string[]): OwnRow[] =>
  s.lots
    .filter((l) => openLots.includes(l.lot))
    .flatMap((l) => l.bids.map((b) => ({ lot: l.lot, party: b.party })))

export const hasRow = (rows: readonly OwnRow[], { lot, party }: OwnRow): boolean =>
  rows.some((r) => r.lot === lot && r.party === party)

export type {
  DrawnParameters,
  Event,
  HallRole,
  ListedBid,
  ListedLot,
  OpenedRow,
  OwnRow,
} from './events.ts'

/** Every listed bid, of one lot or of all. */
export const listedNames = (session: Session, lot?: string): (ListedBid & { lot: string })[] =>
  session.lots
    .filter((one) => lot === undefined || one.lot === lot)
    .flatMap((one) => one.bids.map((bid) => ({ lot: one.lot, ...bid })))
