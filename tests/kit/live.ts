import { expect, vi } from 'vitest'
import type { Person } from '../../db/seed/play/client.ts'
import type { Bus } from '../../server/kernel/bus.ts'
import { type DatabasePlace, openOwner } from '../../server/kernel/database.ts'

/** What a live stream tells: that something of these kinds happened in a trade. */
export interface Told {
  readonly cursor: string
  readonly trade: string | null
  readonly kinds: readonly string[]
}

/** One open live stream, read as a browser would. */
export class LiveClient {
  readonly told: Told[] = []
  /** Bytes of each frame, as they came. */
  readonly frames: string[] = []
  restarts = 0
  /** Newest id, to resume by. */
  lastId = ''
  ended: Promise<void> = Promise.resolve()
  private readonly stopping = new AbortController()

  private constructor() {}

  /** Opens a stream and answers when its greeting is there. */
  static async open(person: Person, from?: string): Promise<LiveClient> {
    const client = new LiveClient()
    const response = await person.request('GET', '/api/live', {
      signal: client.stopping.signal,
      headers: from ? { 'last-event-id': from } : {},
    })
    if (!response.ok || !response.body) throw new Error(`live: ${response.status}`)
    const greeted = new Promise<void>((resolve) => {
      client.ended = client.read(response.body as ReadableStream<Uint8Array>, resolve)
    })
    await greeted
    return client
  }

  private async read(body: ReadableStream<Uint8Array>, greeted: () => void): Promise<void> {
    const decoder = new TextDecoder()
    let text = ''
    try {
      for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(piece, { stream: true })
        for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
          this.take(text.slice(0, at), greeted)
          text = text.slice(at + 2)
        }
      }
    } catch {
      // Closed: by us, by the server, or with it.
    } finally {
      greeted()
    }
  }

  private take(frame: string, greeted: () => void): void {
    const field = (name: string) =>
      frame
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    const event = field('event')
    const data = field('data')
    if (event === 'restart') this.restarts += 1
    if (event === 'hello') {
      this.lastId ||= (JSON.parse(data ?? '{}') as { cursor: string }).cursor
      greeted()
    }
    if (event !== undefined || data === undefined) return
    this.frames.push(frame)
    this.lastId = field('id') ?? this.lastId
    this.told.push(JSON.parse(data) as Told)
  }

  /** Kinds heard, in order. */
  get kinds(): string[] {
    return this.told.flatMap((one) => [...one.kinds])
  }

  /** Waits until it has been told so often. */
  async until(count: number, ms = 10_000): Promise<void> {
    await this.wait(() => this.told.length >= count, `${count} frames`, ms)
  }

  /** Waits until it has been told of this kind. */
  async untilKind(kind: string, ms = 10_000): Promise<void> {
    await this.wait(() => this.kinds.includes(kind), kind, ms)
  }

  private async wait(isThere: () => boolean, what: string, ms: number): Promise<void> {
    const end = Date.now() + ms
    while (!isThere()) {
      if (Date.now() > end) throw new Error(`no ${what}: told ${this.told.length}: ${this.kinds}`)
      await new Promise((r) => setTimeout(r, 10))
    }
  }

  close(): void {
    this.stopping.abort()
  }
}

/**
 * Waits until every event has its place and all of these have handed it on: on a busy database that
 * takes a while, and what a test begins with must not come in its middle.
 */
export async function allHandedOn(place: DatabasePlace, ...buses: readonly Bus[]): Promise<void> {
  const owner = openOwner(place)
  await vi.waitFor(async () => {
    const [row] = await owner`
      select (select count(*) from log.events)::int as events, count(*)::int as placed,
        max(seq)::int as newest
      from (select seq from work.live union all select seq from work.live_hidden) as places`
    expect(row.placed).toBe(row.events)
    for (const bus of buses) expect(bus.position.seq).toBe(row.newest)
  }, 30_000)
  await owner.end()
}
