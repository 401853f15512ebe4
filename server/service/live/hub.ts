import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { LiveEvent, LivePosition } from '../../kernel/bus.ts'
import { ProblemError } from '../../kernel/problem.ts'
import type { Ended, Sessions } from '../../kernel/sessions.ts'
import { kindOf } from '../../kernel/streams.ts'
import type { Platform } from '../../platform.ts'
import { type Audience, hears, type Message, messageOf, tradesOfEvents } from './audience.ts'

/**
 * All live streams of one process. An event is judged once for each audience, framed once, and the
 * same bytes are written to each of its clients: rights are an audience's, never a connection's. A
 * hidden event is nothing to anybody but its own party's audiences.
 */
interface Framed {
  readonly seq: number
  readonly frame: Buffer
}
interface Client {
  readonly out: Socket
  /** Name of the session that it was let in by; null: the public. */
  readonly session: string | null
  /** What came while it catches up; null once it does no more. */
  waiting: Framed[] | null
  /** More came than is kept for it: it reads on by itself. */
  hasMissed: boolean
}
interface Room {
  readonly audience: Audience
  readonly clients: Set<Client>
}

const heartbeatMs = 15_000
const maxBufferedBytes = 256 * 1024
const patienceMs = 30_000
/** Events told on one reading of their trades. */
const mostAtOnce = 256
/** Frames kept for a client that catches up. */
const mostWaiting = 1024
/** An event with a name: a comment would never reach the page that must notice a dead line. */
const heartbeat = Buffer.from('event: beat\ndata: {}\n\n')

export const frameOf = (message: Message): Buffer =>
  Buffer.from(`id: ${message.cursor}\ndata: ${JSON.stringify(message)}\n\n`)

/**
 * Answers with the head of a stream and gives the socket for the rest. The body has no frames of its
 * own and ends with its connection, so what is written to the socket is what the client reads:
 * a `ServerResponse` would take each frame apart anew for each of its thousand clients.
 * @returns null where the client has gone
 */
export function openStream(response: ServerResponse, first: string): Socket | null {
  const { socket } = response
  if (!socket || response.destroyed) return null
  response.useChunkedEncodingByDefault = false
  response.shouldKeepAlive = false
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.write(first)
  return socket
}

/** Writes, unless the client reads too slowly: then its stream ends, and it resumes by its cursor. */
export function writeTo(out: Socket, frame: Buffer): void {
  if (out.destroyed) return
  out.write(frame)
  if (out.writableLength > maxBufferedBytes) out.destroy()
}

/** Waits until a client that catches up has read what was written; ends one that does not. */
export async function drained(out: Socket): Promise<void> {
  if (out.destroyed || out.writableLength < maxBufferedBytes / 4) return
  const patience = setTimeout(() => out.destroy(), patienceMs)
  await new Promise<void>((resolve) => {
    const end = () => {
      out.off('drain', end).off('close', end)
      resolve()
    }
    out.on('drain', end).on('close', end)
  })
  clearTimeout(patience)
}

export class LiveHub {
  private readonly platform: Platform
  private readonly rooms = new Map<string, Room>()
  /** The same rooms by the party for which they listen. */
  private readonly ofParty = new Map<string, Set<Room>>()
  /** Streams open by where they come from. */
  private readonly ofSource = new Map<string, number>()
  private queue: LiveEvent[] = []
  private isPumping = false
  /** How many events of the queue were there when their trades were read. */
  private there = 0
  private sessions: Sessions | null = null

  constructor(platform: Platform) {
    this.platform = platform
    platform.bus.subscribe((event) => {
      if (this.rooms.size === 0 || this.isForNobody(event)) return
      this.queue.push(event)
      if (!this.isPumping) void this.pump()
    })
    platform.bus.onRestart(() => this.endAll())
    setInterval(() => this.beat(), heartbeatMs).unref()
  }

  /** Rooms of the party whose hidden event it is; null for an open one, which each room judges. */
  private ownRooms({ stored: { event } }: LiveEvent): readonly Room[] | null {
    if (kindOf(event.stream) !== 'bid') return null
    const entry = this.platform.hidden.entry(event.stream)
    return [...((entry && this.ofParty.get(entry.party)) ?? [])]
  }

  private isForNobody(event: LiveEvent): boolean {
    return this.ownRooms(event)?.length === 0
  }

  /** @throws ProblemError `rate-limited`: as many streams as one source may hold are open */
  refuseMany(source: string): void {
    const { streamsPerSource } = this.platform.config
    if ((this.ofSource.get(source) ?? 0) >= streamsPerSource) throw new ProblemError('rate-limited')
  }

  /** Lets a client in that still catches up: what comes meanwhile is kept for it. */
  admit(audience: Audience, out: Socket, source: string, session: string | null = null): Client {
    const { id, viewer } = audience
    const room = this.rooms.get(id) ?? { audience, clients: new Set() }
    const client: Client = { out, session, waiting: [], hasMissed: false }
    this.ofSource.set(source, (this.ofSource.get(source) ?? 0) + 1)
    room.clients.add(client)
    this.rooms.set(id, room)
    if (viewer) {
      const own = this.ofParty.get(viewer.party) ?? new Set()
      this.ofParty.set(viewer.party, own.add(room))
    }
    out.on('close', () => {
      const left = (this.ofSource.get(source) ?? 1) - 1
      if (left > 0) this.ofSource.set(source, left)
      else this.ofSource.delete(source)
      room.clients.delete(client)
      if (room.clients.size > 0) return
      this.rooms.delete(id)
      if (!viewer) return
      this.ofParty.get(viewer.party)?.delete(room)
      if (this.ofParty.get(viewer.party)?.size === 0) this.ofParty.delete(viewer.party)
    })
    return client
  }

  /**
   * Tells a client that has read up to a position what was kept for it, and from here on all.
   * @returns false where more came than was kept: it reads on first
   */
  goOn(client: Client, last: LivePosition): boolean {
    if (client.hasMissed) {
      client.waiting = []
      client.hasMissed = false
      return false
    }
    for (const { seq, frame } of client.waiting ?? [])
      if (seq > last.seq) writeTo(client.out, frame)
    client.waiting = null
    return true
  }

  /** How many streams are open. */
  get listening(): number {
    return [...this.rooms.values()].reduce((all, { clients }) => all + clients.size, 0)
  }

  private async pump(): Promise<void> {
    this.isPumping = true
    try {
      let tradeOf = tradesOfEvents(this.platform)
      this.there = 0
      for (let event = this.queue.shift(); event; event = this.queue.shift()) {
        // What comes while these are told may change its trade: then that is read again.
        if (this.there === 0) {
          this.there = Math.min(this.queue.length + 1, mostAtOnce)
          tradeOf = tradesOfEvents(this.platform)
        }
        this.there -= 1
        await this.tell(event, tradeOf)
      }
    } catch {
      // The database is away. Whoever listens would miss something.
      this.endAll()
    } finally {
      this.isPumping = false
    }
  }

  /** Ends every stream: all resume by their cursors, or read anew where these hold no longer. */
  private endAll(): void {
    this.queue = []
    this.there = 0
    for (const { clients } of this.rooms.values()) for (const c of clients) c.out.destroy()
  }

  private async tell(event: LiveEvent, tradeOf: ReturnType<typeof tradesOfEvents>): Promise<void> {
    const trade = await tradeOf(event)
    const told: [Room, Buffer][] = []
    for (const room of this.ownRooms(event) ?? [...this.rooms.values()]) {
      const heard = await hears(this.platform, room.audience, event, trade)
      if (heard) told.push([room, frameOf(messageOf(this.platform, room.audience, heard, event))])
    }
    for (const [{ clients }, frame] of told)
      for (const client of clients) this.hand(client, { seq: event.seq, frame })
  }

  private hand(client: Client, framed: Framed): void {
    if (client.waiting === null) writeTo(client.out, framed.frame)
    else if (client.waiting.length < mostWaiting) client.waiting.push(framed)
    else client.hasMissed = true
  }

  private beat(): void {
    for (const { clients } of this.rooms.values())
      for (const { out } of clients) writeTo(out, heartbeat)
    // The database is away: at the next beat.
    void this.endOver().catch(() => {})
  }

  /** No stream outlives its session: what ends here ends at once, the rest within a heartbeat. */
  follow(sessions: Sessions): void {
    this.sessions = sessions
    sessions.onEnd((ended) => this.end(ended))
  }

  private end(ended: Ended): void {
    for (const { audience, clients } of this.rooms.values())
      for (const { out, session } of clients)
        if ('session' in ended ? session === ended.session : isOf(audience, ended)) out.destroy()
  }

  /** Ends the streams of sessions that ran out, or that another process ended. */
  async endOver(): Promise<void> {
    const clients = [...this.rooms.values()].flatMap((room) => [...room.clients])
    const names = new Set(clients.flatMap(({ session }) => session ?? []))
    if (!this.sessions || names.size === 0) return
    const living = await this.sessions.living([...names])
    for (const { out, session } of clients)
      if (session !== null && !living.has(session)) out.destroy()
  }
}

const isOf = ({ viewer }: Audience, { party, person }: { party: string; person?: string }) =>
  viewer?.party === party && (person === undefined || viewer.person === person)

const hubs = new WeakMap<Platform, LiveHub>()

/** The platform's one hub, made when the first stream opens. */
export function hubOf(platform: Platform): LiveHub {
  const hub = hubs.get(platform) ?? new LiveHub(platform)
  hubs.set(platform, hub)
  return hub
}
