import type { CalendarYear } from '../../kernel/calendar-data.ts'
import {
  at,
  type Context,
  type Decider,
  decideBy,
  type Recorded,
  type Table,
  unreachable,
} from '../../kernel/decider.ts'
import { problems } from './problems.ts'

/**
 * The platform itself, one stream: the trust lists it went by, the calendars it loaded, and its
 * outages. What was in force at a moment can be read from it for ever.
 * @source ca-interop §1; user-needs "The hour before a deadline"
 */
export type Command =
  | {
      type: 'loadTrustList'
      list: LoadedList
      /** Named by the list itself; checked by the edge, which has the signatures verified. */
      isDemo: boolean
      platforms: readonly string[]
    }
  | { type: 'loadCalendar'; calendar: CalendarYear }
  | { type: 'recordOutage'; id: string; outage: Outage }

export interface LoadedList {
  readonly sequence: number
  readonly previous: string | null
  readonly sha256: string
  /** Canonical bytes and two signatures, base64url. */
  readonly bytes: string
  readonly signatures: readonly string[]
}
export interface Outage {
  readonly from: string
  readonly until: string
  readonly parts: readonly string[]
  readonly zh: string
  readonly en: string
}

export type Event =
  | { type: 'TrustListLoaded'; list: LoadedList }
  | { type: 'CalendarLoaded'; calendar: CalendarYear }
  | { type: 'OutageRecorded'; id: string; outage: Outage }

interface Running {
  readonly trustList: LoadedList | null
  readonly calendars: readonly CalendarYear[]
  readonly outages: readonly (Outage & { readonly id: string })[]
}
export type State = { stage: 'running' } & Running

/** This platform's id, and whether it is a demo: a demo may list its own authorities. */
export interface Facts {
  readonly platform: string
  readonly isDemo: boolean
}
type X = Context<Facts>

export const table: Table<State, Command, Event, keyof typeof problems, Facts> = {
  running: {
    loadTrustList: {
      unless: {
        'trust-list-out-of-order': (s, { list }) => {
          const expected = (s.trustList?.sequence ?? list.sequence - 1) + 1
          const follows = s.trustList === null || list.previous === s.trustList.sha256
          return (list.sequence !== expected || !follows) && { expected }
        },
        'trust-list-demo': (_, c, x: X) => c.isDemo && !x.facts.isDemo,
        'trust-list-other-platform': (_, c, x: X) =>
          !c.platforms.includes(x.facts.platform) && { platform: x.facts.platform },
      },
      then: { TrustListLoaded: (_, { list }) => ({ list }) },
    },
    loadCalendar: {
      unless: {
        'calendar-loaded-already': (s, { calendar }) =>
          s.calendars.some((c) => JSON.stringify(c) === JSON.stringify(calendar)) && {
            year: calendar.year,
          },
      },
      then: { CalendarLoaded: (_, { calendar }) => ({ calendar }) },
    },
    recordOutage: {
      unless: {
        'outage-backwards': (_, { outage }) => outage.until <= outage.from,
        'outage-recorded-already': (s, c) => s.outages.some((o) => o.id === c.id),
      },
      then: { OutageRecorded: (_, { id, outage }) => ({ id, outage }) },
    },
  },
}

export function evolve(state: State, e: Event & Recorded): State {
  const s = at(state, 'running')
  switch (e.type) {
    case 'TrustListLoaded':
      return { ...s, trustList: e.list }
    case 'CalendarLoaded':
      return {
        ...s,
        calendars: [...s.calendars.filter((c) => c.year !== e.calendar.year), e.calendar],
      }
    case 'OutageRecorded':
      return { ...s, outages: [...s.outages, { id: e.id, ...e.outage }] }
    default:
      return unreachable(e)
  }
}

export const platform: Decider<State, Command, Event, Facts> = {
  kind: 'platform',
  initial: { stage: 'running', trustList: null, calendars: [], outages: [] },
  problems,
  table,
  decide: decideBy(table),
  evolve,
}
