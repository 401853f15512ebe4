import { type Decider, decideBy, type Recorded, type Table } from '../../kernel/decider.ts'
import { problems } from './problems.ts'

/**
 * Looks at what was sealed: one stream a person and day, so that whoever reads a bid's file, a
 * watcher included, is himself on record. What is written is who, when, whose and which, never what.
 * @source 电子招标投标办法 art. 57 ○; domain.md §2
 */
export type Command = { type: 'view' } & Viewed
export interface Viewed {
  readonly project: string
  readonly lot: string
  readonly bidder: string
  /** The file's id in the sealed bid. */
  readonly blob: string
  /** Why, where the law wants a reason. */
  readonly reason: string | null
}
export type Event = { type: 'SecretViewed' } & Viewed
export interface State {
  readonly stage: 'open'
  readonly views: number
  /** Files that were looked at, by `viewedName`. */
  readonly seen: readonly string[]
}

/** A file of a bid, for one reason: read in parts it is one look. */
export const viewedName = ({ project, lot, bidder, blob, reason }: Viewed): string =>
  JSON.stringify([project, lot, bidder, blob, reason])

/** Bound of one person's day; past it he is told to come back. */
export const maxViewsADay = 5000

export const table: Table<State, Command, Event, keyof typeof problems> = {
  open: {
    view: {
      unless: { 'views-bounded': (s) => s.views >= maxViewsADay },
      then: { SecretViewed: (_, { type: _type, ...viewed }) => viewed },
    },
  },
}

export const access: Decider<State, Command, Event> = {
  kind: 'access',
  initial: { stage: 'open', views: 0, seen: [] },
  problems,
  table,
  decide: decideBy(table),
  evolve: (s: State, e: Event & Recorded): State => {
    const name = viewedName(e)
    const seen = s.seen.includes(name) ? s.seen : [...s.seen, name]
    return { ...s, views: s.views + 1, seen }
  },
}
