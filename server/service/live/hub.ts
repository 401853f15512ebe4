import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { LiveEvent, LivePosition } from '../../kernel/bus.ts'
import type { Platform } from '../../platform.ts'
import { type Audience, hears, type Message, messageOf, tradesOfEvents } from './audience.ts'

/**
 * All live streams of one process. An event is judged once for each audience, framed once, and the
 * same bytes are written to each of its clients: rights are an audience's, never a connection's.
 */
interface Client {
  readonly out: Socket
  /** Position up to which it has been told. */
  last: number
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
const heartbeat = Buffer.from(': \n\n')

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
  private queue: LiveEvent[] = []
  private isPumping = false
  /** How many events of the queue were there when their trades were read. */
  private there = 0
  /** The newest event that is handed on. */
  private newest: LivePosition = { epoch: '', seq: 0 }

  constructor(platform: Platform) {
    this.platform = platform
    platform.bus.subscribe((event) => {
      if (this.rooms.size === 0 && !this.isPumping) {
        this.newest = event
        return
      }
      this.queue.push(event)
      if (!this.isPumping) void this.pump()
    })
    platform.bus.onRestart(() => this.endAll())
    setInterval(() => this.beat(), heartbeatMs).unref()
  }

  /**
   * Lets a client in that has been told up to a position.
   * @returns false where events went by since: it must catch up first
   */
  enter(audience: Audience, out: Socket, last: LivePosition): boolean {
    const { epoch, seq } = this.newest
    if (epoch === last.epoch ? seq > last.seq : epoch !== '') return false
    const room = this.rooms.get(audience.id) ?? { audience, clients: new Set() }
    const client: Client = { out, last: last.seq }
    room.clients.add(client)
    this.rooms.set(audience.id, room)
    out.on('close', () => {
      room.clients.delete(client)
      if (room.clients.size === 0) this.rooms.delete(audience.id)
    })
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
    this.newest = { epoch: '', seq: 0 }
    for (const { clients } of this.rooms.values()) for (const c of clients) c.out.destroy()
  }

  private async tell(event: LiveEvent, tradeOf: ReturnType<typeof tradesOfEvents>): Promise<void> {
    // From here on nobody comes in who has not been told of it.
    this.newest = event
    const trade = await tradeOf(event)
    const told: [Room, Buffer | null][] = []
    for (const room of [...this.rooms.values()]) {
      const heard = await hears(this.platform, room.audience, event, trade)
      const frame = heard && frameOf(messageOf(this.platform, room.audience, heard, event))
      told.push([room, frame])
    }
    for (const [{ clients }, frame] of told)
      for (const client of clients) {
        if (client.last >= event.seq) continue
        client.last = event.seq
        if (frame) writeTo(client.out, frame)
      }
  }

  private beat(): void {
    for (const { clients } of this.rooms.values())
      for (const { out } of clients) writeTo(out, heartbeat)
  }
}

const hubs = new WeakMap<Platform, LiveHub>()

/** The platform's one hub, made when the first stream opens. */
export function hubOf(platform: Platform): LiveHub {
  const hub = hubs.get(platform) ?? new LiveHub(platform)
  hubs.set(platform, hub)
  return hub
}
