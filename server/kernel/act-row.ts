import { randomBytes } from 'node:crypto'
import { concat, readU32, u32 } from '../formats/bytes.ts'
import { canonicalize } from '../formats/jcs.ts'
import type { TradeClock } from './clock.ts'
import type { Actor, AnyMessage } from './decider.ts'
import { digestOf, type Event, newSalt, type StoredEvent } from './event.ts'
import { type Keys, padToRow, sha256 } from './keys.ts'
import { idOf, type ProjectView, type StreamView } from './streams.ts'

/** One act to be judged and, where allowed, appended. */
export interface ActRequest {
  /** `kind:id`; for a hidden stream the nameless form of `hiddenStream`. */
  readonly stream: string
  readonly hidden: boolean
  /** The project whose clock and lock apply; null for parties and the platform. */
  readonly project: string | null
  readonly command: AnyMessage
  readonly actor: Actor
  /** The caller's idempotency key; acts without one get a key of their own. */
  readonly key?: string
  readonly signed?: SignedBytes
  /** Makes the guard's facts of the project's view; judged anew at each try. */
  readonly facts?: (view: ProjectView | null, now: string) => unknown
  /** A tag that may exist once in the whole log (the HMAC of R of a bid). */
  readonly tag?: Uint8Array
  /** The new trade clock, for ClockMoved alone. */
  readonly clock?: TradeClock
}

export interface SignedBytes {
  readonly digest: Uint8Array
  readonly act: Uint8Array
  readonly container: Uint8Array
  /** What came with a hidden act and stands in no event: the wrap of a bid's secret. */
  readonly beside?: Uint8Array
}
/** Hidden acts of all kinds, with what is beside them, fill rows of one size. */
const hiddenActBytes = 8192

/** What a hidden act's row holds: each part behind its length. */
function packAct({ act, container, beside }: SignedBytes): Uint8Array {
  const parts = [act, container, beside ?? new Uint8Array()]
  return concat(...parts.flatMap((part) => [u32(part.length), part]))
}

/** Takes a hidden act's row apart. @param bytes as `packAct` made them, padded */
export function unpackAct(digest: Uint8Array, bytes: Uint8Array): SignedBytes {
  let at = 0
  const next = () => {
    const length = readU32(bytes, at)
    const part = bytes.slice(at + 4, at + 4 + length)
    at += 4 + length
    return part
  }
  const [act, container, beside] = [next(), next(), next()]
  return { digest, act, container, ...(beside.length > 0 ? { beside } : {}) }
}

/** The events of a decision, each naming the digest of the one before it in the stream. */
export function newEvents(
  request: ActRequest,
  view: StreamView,
  payloads: readonly AnyMessage[],
  now: string,
  recordedAt: string,
): StoredEvent[] {
  const events: StoredEvent[] = []
  let { version, prev } = view
  for (const { type, ...data } of payloads) {
    version += 1
    const { stream, actor } = request
    const event: Event = { v: 1, stream, version, type, at: now, recordedAt, actor, data, prev }
    const salt = newSalt()
    const digest = digestOf(event, salt)
    prev = digest.toString('base64url')
    events.push({ position: 0, event, salt, digest })
  }
  return events
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** A decided act as `log.append` takes it. */
export function commandRow(
  keys: Keys,
  request: ActRequest,
  events: readonly StoredEvent[],
  judged: { readonly seen: number | null; readonly validBefore: string | null },
): Record<string, unknown> {
  const { hidden, project, clock, signed } = request
  const key = request.key ?? randomBytes(16).toString('base64url')
  return {
    key: base64(keyOf(keys, request.actor, key)),
    content: base64(contentOf(request)),
    answer: JSON.stringify(
      events.map(({ event }) => [columnOf(event.stream, hidden), event.version]),
    ),
    lock: lockOf(project ?? request.stream),
    exclusive: !hidden,
    project,
    ...judged,
    ...(clock ? { clock } : {}),
    events: events.map((e) => eventRow(keys, request, e)),
    acts: signed ? [actRow(keys, signed, hidden)] : [],
  }
}

/** Name of an idempotency key: an actor's own, and nameless. */
export function keyOf(keys: Keys, actor: Actor, key: string): Buffer {
  return keys.name('key', actor.party, actor.person ?? '', key)
}

/** What must be the same when a key comes again. */
export function contentOf({ stream, command, signed }: ActRequest): Buffer {
  return sha256(stream, '\n', canonicalize(command), '\n', signed?.digest ?? '')
}

function eventRow(keys: Keys, request: ActRequest, stored: StoredEvent): Record<string, unknown> {
  const { event, salt, digest } = stored
  const common = {
    stream: columnOf(event.stream, request.hidden),
    version: event.version,
    digest: base64(digest),
    recordedAt: event.recordedAt,
  }
  if (!request.hidden)
    return { ...common, project: request.project, body: canonicalize(event), salt: base64(salt) }
  const inner = JSON.stringify({ event, salt: Buffer.from(salt).toString('base64url') })
  return {
    ...common,
    sealed: base64(keys.seal('event', padToRow(inner))),
    tag: base64(request.tag ?? randomBytes(32)),
  }
}

function actRow(keys: Keys, signed: SignedBytes, hidden: boolean): Record<string, unknown> {
  const { digest, act, container } = signed
  if (!hidden) return { digest: base64(digest), bytes: base64(act), container: base64(container) }
  return {
    digest: base64(keys.name('act', digest)),
    bytes: base64(keys.seal('act', padToRow(packAct(signed), hiddenActBytes))),
    sealed: true,
  }
}

/** Hidden streams of all kinds look alike in the table. */
export function columnOf(stream: string, hidden: boolean): string {
  return hidden ? `hidden:${idOf(stream)}` : stream
}

/** A 63-bit advisory lock of a project or stream. */
export function lockOf(name: string): string {
  return (sha256(`lock ${name}`).readBigUInt64BE() >> 1n).toString()
}
