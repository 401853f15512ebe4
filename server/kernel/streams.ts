import { b64u } from '../formats/bytes.ts'
import type { Sql } from './database.ts'
import type { AnyMessage, AnyState, Decider } from './decider.ts'
import type { Event, StoredEvent } from './event.ts'
import type { Keys } from './keys.ts'

export type AnyDecider = Decider<AnyState, AnyMessage, AnyMessage, unknown>

/** A stream folded: its state, the version of its last event (−1: none) and that one's digest. */
export interface StreamView {
  readonly stream: string
  readonly kind: string
  state: AnyState
  version: number
  prev: string | null
  readonly events: StoredEvent[]
}

/** All open streams of one project, folded up to `position`. */
export interface ProjectView {
  readonly id: string
  position: number
  readonly streams: Map<string, StreamView>
  /** Every event of the project's open streams, in order of position. */
  readonly events: StoredEvent[]
}

/** The kind in front of a stream's name. */
export const kindOf = (stream: string): string => stream.slice(0, stream.indexOf(':'))
/** What follows the kind. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf(':') + 1)

/** Folds events into views; knows the deciders by kind. Pure but for the views it is handed. */
export class Folder {
  private readonly deciders: ReadonlyMap<string, AnyDecider>
  constructor(deciders: ReadonlyMap<string, AnyDecider>) {
    this.deciders = deciders
  }

  decider(kind: string): AnyDecider {
    const found = this.deciders.get(kind)
    if (!found) throw new Error(`no decider for streams of kind ${kind}`)
    return found
  }

  empty(stream: string): StreamView {
    const kind = kindOf(stream)
    return {
      stream,
      kind,
      state: this.decider(kind).initial,
      version: -1,
      prev: null,
      events: [],
    }
  }

  /** @throws Error where the event does not follow the view's last one: a corrupt stream */
  fold(view: StreamView, stored: StoredEvent): void {
    const { event } = stored
    if (event.version !== view.version + 1 || event.prev !== view.prev)
      throw new Error(`corrupt stream ${view.stream}: version ${event.version} does not follow`)
    view.state = this.evolve(view.kind, view.state, event)
    view.version = event.version
    view.prev = b64u(stored.digest)
    view.events.push(stored)
  }

  evolve(kind: string, state: AnyState, event: Event): AnyState {
    return this.decider(kind).evolve(state, {
      ...event.data,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
      actor: event.actor,
      version: event.version,
    })
  }
}

/** A row of `log.events`. */
export interface EventRow {
  position: string
  stream: string
  digest: Buffer
  body: string | null
  salt: Buffer | null
  sealed: Buffer | null
}

/** A row as the event that it holds; sealed rows are opened with the platform's key. */
export function storedEvent(row: EventRow, keys: Keys): StoredEvent {
  const position = Number(row.position)
  if (row.sealed) {
    const inner = JSON.parse(keys.open('event', row.sealed).toString('utf8')) as {
      event: Event
      salt: string
    }
    return {
      position,
      event: inner.event,
      salt: Buffer.from(inner.salt, 'base64url'),
      digest: row.digest,
    }
  }
  return {
    position,
    event: JSON.parse(row.body as string) as Event,
    salt: row.salt as Buffer,
    digest: row.digest,
  }
}

/** Reads what a project's view lacks and folds it. */
export async function catchUpProject(
  sql: Sql,
  folder: Folder,
  view: ProjectView,
  keys: Keys,
): Promise<void> {
  const rows = await sql<EventRow[]>`
    select position, stream, digest, body, salt, sealed from log.events
    where project = ${view.id} and position > ${view.position} order by position`
  for (const row of rows) foldIntoProject(folder, view, storedEvent(row, keys))
}

export function foldIntoProject(folder: Folder, view: ProjectView, stored: StoredEvent): void {
  if (stored.position <= view.position) return
  const { stream } = stored.event
  let streamView = view.streams.get(stream)
  if (!streamView) {
    streamView = folder.empty(stream)
    view.streams.set(stream, streamView)
  }
  folder.fold(streamView, stored)
  view.events.push(stored)
  view.position = stored.position
}

/** Reads what a single stream's view lacks and folds it. `column` is its name in the table. */
export async function catchUpStream(
  sql: Sql,
  folder: Folder,
  view: StreamView,
  keys: Keys,
  column: string,
): Promise<void> {
  const rows = await sql<EventRow[]>`
    select position, stream, digest, body, salt, sealed from log.events
    where stream = ${column} and version > ${view.version} order by version`
  for (const row of rows) {
    const stored = storedEvent(row, keys)
    // Two readers may catch up at once; the second finds the work done.
    if (stored.event.version > view.version) folder.fold(view, stored)
  }
}
