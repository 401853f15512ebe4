import {
  type ActRequest,
  columnOf,
  commandRow,
  contentOf,
  keyOf,
  lockOf,
  newEvents,
  type SignedBytes,
  unpackAct,
} from './act-row.ts'
import { type AppendAnswer, append, type InCommit, placed, type ToAppend } from './append.ts'
import { type DatabaseClock, iso, realClock, type TradeClock, tradeTime } from './clock.ts'
import type { Sql } from './database.ts'
import type { Actor, AnyMessage, Decision } from './decider.ts'
import type { Committed, StoredEvent } from './event.ts'
import type { Keys } from './keys.ts'
import { ProblemError } from './problem.ts'
import {
  catchUpProject,
  catchUpStream,
  type Folder,
  foldIntoProject,
  type ProjectView,
  type StreamView,
  storedEvent,
} from './streams.ts'

export interface ActOutcome {
  readonly events: readonly StoredEvent[]
  /** True where the key had been used before: these are the first answer's events. */
  readonly repeated: boolean
}

interface Waiting {
  readonly request: ActRequest
  tries: number
  fresh: boolean
  resolve(outcome: ActOutcome): void
  reject(error: unknown): void
}

interface Prepared extends ToAppend {
  readonly waiting: Waiting
  readonly view: StreamView
}

const maxBatch = 256
const maxTries = 8
const maxUnderWay = 3

/**
 * The event store. Acts are decided on cached folds and appended by one call, which judges locks,
 * limits by the database's clock, and what the decision had seen; else they are decided again.
 * While a call is under way others wait and go together in the next.
 */
export class Store {
  readonly sql: Sql
  readonly keys: Keys
  readonly clock: DatabaseClock
  readonly folder: Folder
  private readonly projects = new Map<string, ProjectView>()
  private readonly streams = new Map<string, StreamView>()
  private readonly clocks = new Map<string, TradeClock>()
  private queue: Waiting[] = []
  /** Streams and projects that a call under way is about. */
  private readonly claimed = new Set<string>()
  private underWay = 0
  private inCommit: InCommit = async () => {}
  private committed: (events: readonly Committed[]) => void = () => {}

  constructor(sql: Sql, keys: Keys, clock: DatabaseClock, folder: Folder) {
    this.sql = sql
    this.keys = keys
    this.clock = clock
    this.folder = folder
  }

  /** Set once at start: what joins each commit, and who is told after it. */
  onCommit(inCommit: InCommit, committed: (events: readonly Committed[]) => void): void {
    this.inCommit = inCommit
    this.committed = committed
  }

  /** A project's open streams, as the database has them now. */
  async project(id: string): Promise<ProjectView> {
    let view = this.projects.get(id)
    if (!view) {
      view = { id, position: 0, streams: new Map(), events: [] }
      this.remember(this.projects, id, view, 400)
    }
    await catchUpProject(this.sql, this.folder, view, this.keys)
    return view
  }

  /** One stream outside projects, or a hidden one, as the database has it now. */
  async stream(stream: string, hidden = false): Promise<StreamView> {
    let view = this.streams.get(stream)
    if (!view) {
      view = this.folder.empty(stream)
      this.remember(this.streams, stream, view, 20_000)
    }
    await catchUpStream(this.sql, this.folder, view, this.keys, columnOf(stream, hidden))
    return view
  }

  private remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
    map.set(key, value)
    if (map.size > most) map.delete(map.keys().next().value as string)
  }

  async tradeClock(project: string): Promise<TradeClock> {
    const known = this.clocks.get(project)
    if (known) return known
    const [row] = await this.sql`
      select offset_ms, to_char(frozen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        as frozen_at from log.clocks where project = ${project}`
    const clock = row
      ? { offsetMs: Number(row.offset_ms), frozenAt: row.frozen_at as string | null }
      : realClock
    this.clocks.set(project, clock)
    return clock
  }

  forgetClock(project: string): void {
    this.clocks.delete(project)
  }

  /** Trade time of a project now. */
  async now(project: string | null): Promise<string> {
    const real = this.clock.nowMs()
    return project ? tradeTime(await this.tradeClock(project), real) : iso(real)
  }

  /**
   * Judges and appends one act.
   * @throws ProblemError with the refusal's slug; nothing was changed
   */
  act(request: ActRequest): Promise<ActOutcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ request, tries: 0, fresh: false, resolve, reject })
      this.run()
    })
  }

  /** A few calls may be under way at once; acts of one stream or project still go in turn. */
  private run(): void {
    while (this.underWay < maxUnderWay && this.queue.length > 0) {
      const { batch, claims } = this.takeBatch()
      if (batch.length === 0) return // all that wait, wait for a call under way
      this.underWay += 1
      void this.appendBatch(batch)
        .catch((error) => {
          for (const waiting of batch) waiting.reject(error)
        })
        .finally(() => {
          this.underWay -= 1
          for (const claim of claims) this.claimed.delete(claim)
          this.run()
        })
    }
  }

  /** At most one act a stream and one open act a project: each sees what went before it. */
  private takeBatch(): { batch: Waiting[]; claims: string[] } {
    const batch: Waiting[] = []
    const left: Waiting[] = []
    const claims: string[] = []
    for (const waiting of this.queue) {
      const { request } = waiting
      const wanted = [request.stream]
      if (!request.hidden && request.project) wanted.push(`project ${request.project}`)
      if (batch.length >= maxBatch || wanted.some((c) => this.claimed.has(c))) left.push(waiting)
      else {
        for (const c of wanted) this.claimed.add(c)
        claims.push(...wanted)
        batch.push(waiting)
      }
    }
    this.queue = left
    // Hidden acts first: an open one moves its project's position.
    batch.sort((a, b) => Number(b.request.hidden) - Number(a.request.hidden))
    return { batch, claims }
  }

  private async appendBatch(batch: Waiting[]): Promise<void> {
    const prepared: Prepared[] = []
    for (const waiting of batch) {
      try {
        const one = await this.prepare(waiting)
        if (one) prepared.push(one)
      } catch (error) {
        waiting.reject(error)
      }
    }
    if (prepared.length === 0) return
    const asked = performance.now()
    const { answers, clock } = await append(this.sql, prepared, this.inCommit)
    this.clock.learn(Date.parse(clock), asked, performance.now())
    const told: Committed[] = []
    for (const [i, one] of prepared.entries()) {
      const answer = answers[i]
      if (answer.taken) {
        const events = this.accept(one, answer.positions ?? [])
        const { hidden, project } = one.waiting.request
        for (const stored of events) told.push({ stored, project: hidden ? null : project })
        one.waiting.resolve({ events, repeated: false })
      } else await this.notTaken(one, answer)
    }
    if (told.length > 0) this.committed(told)
  }

  private async notTaken(one: Prepared, answer: AppendAnswer): Promise<void> {
    const { waiting } = one
    if (answer.why === 'key-reused') waiting.reject(new ProblemError('key-reused'))
    else if (answer.why === 'tag-reused') waiting.reject(new ProblemError('point-reused'))
    else if (answer.why === 'repeated')
      this.replay(answer.answer as string).then(
        (events) => waiting.resolve({ events, repeated: true }),
        (error) => waiting.reject(error),
      )
    else if (++waiting.tries >= maxTries) waiting.reject(new ProblemError('busy'))
    else {
      waiting.fresh = true
      this.forgetClock(waiting.request.project ?? '')
      if (answer.why === 'late') await this.clock.calibrate(this.sql)
      this.queue.unshift(waiting)
    }
  }

  /** Decides on the cached fold; a refusal is judged again on a fresh one before it is given. */
  private async prepare(waiting: Waiting): Promise<Prepared | null> {
    const { request } = waiting
    for (;;) {
      const project = request.project ? await this.viewOfProject(request, waiting.fresh) : null
      const view = await this.viewOfStream(request, project, waiting.fresh)
      const now = await this.now(request.project)
      const decision = this.decide(request, view, project, now)
      if ('refused' in decision) {
        const first = await this.firstAnswer(request)
        if (first) {
          waiting.resolve({ events: await this.replay(first), repeated: true })
          return null
        }
        if (!waiting.fresh) {
          waiting.fresh = true
          continue
        }
        throw new ProblemError(decision.refused, decision.detail)
      }
      return this.prepareRow(waiting, view, project, decision.events, decision.validBefore, now)
    }
  }

  private async viewOfProject(request: ActRequest, fresh: boolean): Promise<ProjectView> {
    const id = request.project as string
    const known = this.projects.get(id)
    return known && !fresh ? known : this.project(id)
  }

  private async viewOfStream(
    request: ActRequest,
    project: ProjectView | null,
    fresh: boolean,
  ): Promise<StreamView> {
    if (project && !request.hidden)
      return project.streams.get(request.stream) ?? this.folder.empty(request.stream)
    const known = this.streams.get(request.stream)
    if (known && !fresh) return known
    // A stream not seen yet is taken to be new: where it is not, its version is there already and
    // the act is judged again on what stands in the table.
    return fresh ? this.stream(request.stream, request.hidden) : this.folder.empty(request.stream)
  }

  private decide(
    request: ActRequest,
    view: StreamView,
    project: ProjectView | null,
    now: string,
  ): Decision<AnyMessage> {
    return this.folder.decider(view.kind).decide(view.state, request.command, {
      now,
      actor: request.actor,
      facts: request.facts?.(project, now) ?? null,
      act: request.signed ? Buffer.from(request.signed.digest).toString('base64url') : undefined,
    })
  }

  private prepareRow(
    waiting: Waiting,
    view: StreamView,
    project: ProjectView | null,
    payloads: readonly AnyMessage[],
    validBefore: string | null,
    now: string,
  ): Prepared {
    const { request } = waiting
    const events = newEvents(request, view, payloads, now, iso(this.clock.nowMs()))
    const seen = project ? project.position : null
    const row = commandRow(this.keys, request, events, { seen, validBefore })
    return { waiting, view, project, events, row, isHidden: request.hidden }
  }

  private async firstAnswer(request: ActRequest): Promise<string | null> {
    if (!request.key) return null
    const [row] = await this.sql`
      select content, answer from work.acts where key = ${keyOf(this.keys, request.actor, request.key)}`
    if (!row) return null
    if (!contentOf(request).equals(row.content)) throw new ProblemError('key-reused')
    return row.answer as string
  }

  /** Whether an actor used a key before, for whatever act. */
  async isKeyUsed(actor: Actor, key: string): Promise<boolean> {
    const name = keyOf(this.keys, actor, key)
    return (await this.sql`select from work.acts where key = ${name}`).length > 0
  }

  /** Whether an event with this tag exists; the append asks again. */
  async isTagUsed(tag: Uint8Array): Promise<boolean> {
    return (await this.sql`select from log.events where tag = ${Buffer.from(tag)}`).length > 0
  }

  private async replay(answer: string): Promise<StoredEvent[]> {
    const found: StoredEvent[] = []
    for (const [stream, version] of JSON.parse(answer) as [string, number][]) {
      const [row] = await this.sql`
        select position, stream, digest, body, salt, sealed from log.events
        where stream = ${stream} and version = ${version}`
      found.push(storedEvent(row as never, this.keys))
    }
    return found
  }

  /** Waits until no act that holds the project's lock is on its way into the table. */
  async drain(project: string): Promise<void> {
    await this.sql`select pg_advisory_xact_lock(${lockOf(project)}::bigint)`
  }

  /** The signed bytes behind an event's `act`, or null where there are none. */
  async signedBytes(digest: Uint8Array, hidden: boolean): Promise<SignedBytes | null> {
    const name = hidden ? this.keys.name('act', digest) : Buffer.from(digest)
    const [row] = await this.sql`select bytes, container from log.acts where digest = ${name}`
    if (!row) return null
    if (!hidden) return { digest, act: row.bytes, container: row.container }
    return unpackAct(digest, this.keys.open('act', row.bytes))
  }

  /** Folds what was just committed into the cached views: `seen` proved that nothing lay between. */
  private accept(one: Prepared, positions: readonly number[]): StoredEvent[] {
    const { request } = one.waiting
    if (request.clock && request.project) this.clocks.set(request.project, request.clock)
    const events = placed(one.events, positions)
    for (const stored of events) {
      if (one.project && !request.hidden) foldIntoProject(this.folder, one.project, stored)
      else if (stored.event.version > one.view.version) this.folder.fold(one.view, stored)
    }
    if (!one.project || request.hidden) this.streams.set(request.stream, one.view)
    return events
  }

  /** The nameless stream of a party in a lot: `bid:` and 22 letters that only the key explains. */
  hiddenStream(kind: string, ...parts: string[]): string {
    return `${kind}:${this.keys
      .name('stream', kind, ...parts)
      .subarray(0, 16)
      .toString('base64url')}`
  }
}
