import { type Decider, decideBy, type Table } from '../../kernel/decider.ts'
import type { Command, Facts } from './commands.ts'
import type { Event, HallRole } from './events.ts'
import {
  actsAsHost,
  areRowsWhole,
  freshEnd,
  isAnyListed,
  isHost,
  isListed,
  isTaking,
  isTimeToOpen,
  isWitness,
  type X,
} from './guards.ts'
import { problems } from './problems.ts'
import { extendedEnd, remainingMs, resumedEnd } from './rules.ts'
import { evolve, hasRow, type Session, type State, undrawnLots } from './state.ts'

/**
 * The opening session 开标: one for a project, rows by lot. The hall opens before the deadline; at T
 * the lots with three bids or more are listed; bidders release their keys; all bids are opened at
 * once, and nobody sees a price before; each bidder confirms its row; host and witness sign.
 * @source 招标投标法 art. 34–36; 招标投标法实施条例 art. 44; 财政部令第87号 art. 40–42 ○;
 * 电子招标投标办法 art. 29–31 ○
 */
/** What may be done at every stage of a session that is under way. */
const always = {
  signIn: {
    after: {
      'not-yet': (_: Session, c: { role: HallRole }, x: X) =>
        c.role === 'bidder' ? x.facts.deadline : null,
    },
    unless: {
      'not-entitled': (_: Session, c: { role: HallRole }, x: X) => !isTaking(c.role, x),
      // Until the list is out nobody may learn who would be on it.
      'not-listed': (s: Session, c: { role: HallRole }, x: X) =>
        c.role === 'bidder' && !isAnyListed(s, x.actor.party),
      'signed-in-already': (s: Session, _: unknown, x: X) =>
        s.signedIn.some((one) => one.party === x.actor.party),
    },
    then: {
      SignedIn: (_: Session, c: { role: HallRole; name: string }, x: X) => ({
        role: c.role,
        party: x.actor.party,
        name: c.name,
      }),
    },
  },
} as const

/** From the list on: objections answered on the spot, and the end where no lot is left. */
const started = {
  ...always,
  object: {
    unless: {
      'not-listed': (s: Session, c: { lot: string }, x: X) => !isListed(s, c.lot, x.actor.party),
      'objection-filed-already': (s: Session, c: { id: string }) =>
        s.objections.some((one) => one.id === c.id),
    },
    then: {
      OpeningObjectionFiled: (
        _: Session,
        { id, lot, text }: { id: string; lot: string; text: string },
        x: X,
      ) => ({ id, lot, party: x.actor.party, text }),
    },
  },
  answer: {
    unless: {
      'not-entitled': (s: Session, _: unknown, x: X) => !actsAsHost(s, x),
      'no-such-objection': (s: Session, c: { id: string }) =>
        !s.objections.some((one) => one.id === c.id && one.answer === null),
    },
    then: {
      OpeningObjectionAnswered: (_: Session, { id, text }: { id: string; text: string }) => ({
        id,
        text,
      }),
    },
  },
  abort: {
    unless: {
      // Halted before T, a session has lots that still take bids.
      'lots-still-open': (_: Session, __: unknown, x: X) =>
        x.facts.openLots.length > 0 || x.facts.waitingLots > 0,
    },
    then: { OpeningAborted: (s: Session) => ({ returned: [...s.returned] }) },
  },
} as const

const halt = {
  unless: {
    'not-entitled': (_: Session, __: unknown, x: X) =>
      x.actor.capacity !== 'system' && !isHost(x) && !isWitness(x),
  },
  then: {
    OpeningHalted: (s: Session, { cause, asOf }: { cause: string; asOf?: string }, x: X) => ({
      by: x.actor.party,
      cause,
      leftMs: s.windowEndsAt === null ? null : remainingMs(asOf ?? x.now, s.windowEndsAt),
    }),
  },
} as const

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  scheduled: {
    openHall: {
      after: { 'not-yet': (_, __, x) => x.facts.hallOpensAt },
      then: { HallOpened: (_, { project }, x) => ({ project, windows: x.facts.windows }) },
    },
  },
  signIn: {
    ...always,
    halt,
    startOpening: {
      after: { 'not-yet': (_, __, x) => x.facts.deadline },
      unless: { 'lots-still-tendering': (_, __, x) => x.facts.waitingLots > 0 },
      then: {
        OpeningStarted: (_, { lots, returned }) => lots.length > 0 && { lots, returned },
        OpeningAborted: (_, { lots, returned }) => lots.length === 0 && { returned },
      },
    },
  },
  drawing: {
    ...started,
    halt,
    setParameters: {
      unless: {
        'nothing-to-draw': (s, c) => !s.lots.some((l) => l.lot === c.lot && l.draws.length > 0),
        'parameters-drawn': (s, c) => !undrawnLots(s).includes(c.lot),
      },
      then: { ParametersDrawn: (_, { lot, k, method, draw }) => ({ lot, k, method, draw }) },
    },
    timeOutDrawing: {
      after: { 'not-yet': (s) => s.windowEndsAt },
      then: {
        DrawingTimedOut: (s) => ({ attempt: s.drawingTimeouts + 1 }),
        OpeningHalted: (s, _, x) =>
          s.drawingTimeouts > 0 && { by: x.actor.party, cause: 'drawing', leftMs: null },
      },
    },
  },
  decrypting: {
    ...started,
    halt,
    releaseKey: {
      before: { 'release-window-over': (s) => s.windowEndsAt },
      unless: {
        'not-listed': (s, c, x) => c.party !== x.actor.party || !isListed(s, c.lot, x.actor.party),
        'lot-not-opening': (_, c, x) => !x.facts.openLots.includes(c.lot),
        'released-already': (s, c) => hasRow(s.released, c),
      },
      then: { KeyReleased: (_, { lot, party }) => ({ lot, party }) },
    },
    extendWindow: {
      before: { 'release-window-over': (s) => s.windowEndsAt },
      unless: { 'not-entitled': (s, _, x) => !actsAsHost(s, x) },
      then: {
        WindowExtended: (s, { minutes, reason }) => ({
          minutes,
          reason,
          until: extendedEnd(s.windowEndsAt as string, minutes),
        }),
      },
    },
    openBids: {
      unless: {
        'release-window-open': (s, _, x) => !isTimeToOpen(s, x),
        'rows-incomplete': (s, c, x) => !areRowsWhole(s, c.rows, x),
      },
      then: { BidsOpened: (_, { rows }) => ({ rows }) },
    },
  },
  readingOut: { ...started, halt, readOut: { then: { QuotationsRead: () => ({}) } } },
  confirming: {
    ...started,
    halt,
    confirm: {
      before: { 'confirm-window-over': (s) => s.windowEndsAt },
      unless: {
        'not-listed': (s, c, x) => !isListed(s, c.lot, x.actor.party),
        'row-differs': (s, c, x) => {
          const row = s.rows.find((r) => r.lot === c.lot && r.party === x.actor.party)
          const priceFen = row?.outcome === 'opened' ? row.priceFen : null
          return c.opened !== (row?.outcome === 'opened') || c.priceFen !== priceFen
        },
        'confirmed-already': (s, c, x) => hasRow(s.confirmed, { lot: c.lot, party: x.actor.party }),
      },
      then: {
        RowConfirmed: (_, { lot }, x) => ({ lot, party: x.actor.party, act: x.act as string }),
      },
    },
    closeConfirmation: {
      unless: {
        'confirmation-open': (s, _, x) =>
          x.now < (s.windowEndsAt as string) && s.rows.some((r) => !hasRow(s.confirmed, r)),
      },
      then: {
        ConfirmationClosed: (s) => ({
          silent: s.rows
            .filter((r) => !hasRow(s.confirmed, r))
            .map(({ lot, party }) => ({ lot, party })),
        }),
      },
    },
  },
  closing: {
    ...started,
    halt,
    close: {
      unless: {
        'not-entitled': (_, c, x) => (c.role === 'host' ? !isHost(x) : !isWitness(x)),
        'objection-open': (s) => s.objections.some((one) => one.answer === null),
        'record-differs': (_, c, x) => c.recordSha256 !== x.facts.recordSha256,
        'record-signed-already': (s, c) =>
          c.role === 'host' && s.hostSignature?.recordSha256 === c.recordSha256,
        'host-signs-first': (s, c, x) =>
          c.role === 'witness' &&
          s.hostSignature?.recordSha256 !== c.recordSha256 &&
          !actsAsHost(s, x),
      },
      then: {
        RecordSigned: (_, { role, recordSha256 }, x) =>
          role === 'host' && { recordSha256, act: x.act as string },
        OpeningClosed: (_, { role, recordSha256 }, x) =>
          role === 'witness' && { recordSha256, act: x.act as string },
      },
    },
  },
  halted: {
    ...started,
    resume: {
      unless: {
        'not-entitled': (_, __, x) => x.actor.capacity !== 'system' && !isHost(x) && !isWitness(x),
      },
      then: {
        OpeningResumed: (s, _, x) => ({
          by: x.actor.party,
          windowEndsAt: s.leftMs === null ? freshEnd(s, x) : resumedEnd(x.now, s.leftMs),
        }),
      },
    },
  },
}

export const openingSession: Decider<State, Command, Event, Facts> = {
  kind: 'openingSession',
  initial: { stage: 'scheduled' },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
export type { Command, Facts } from './commands.ts'
export type { Event, ListedBid, ListedLot, OpenedRow } from './events.ts'
export type { Session, State } from './state.ts'
