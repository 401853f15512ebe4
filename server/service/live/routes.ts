import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { z } from 'zod'
import type { AppCall } from '../../app.ts'
import type { LiveEvent } from '../../kernel/bus.ts'
import { type Operation, RawAnswer } from '../../kernel/operation.ts'
import type { Platform } from '../../platform.ts'
import type { Trade } from '../../trade.ts'
import { type Audience, audienceOf, type Heard, hears } from './audience.ts'
import { openCursor, sealCursor } from './cursor.ts'

/**
 * The live stream: one a browser, server-sent events on the raw response, rights applied an event at
 * a time. A cursor is opaque and belongs to its audience. A slow client has a bounded buffer, then
 * its stream ends and it resumes. No act depends on the stream; polling reads the same cursors.
 */
type Op = Operation<Platform, Trade | null>

const heartbeatMs = 15_000
const maxBufferedBytes = 256 * 1024
const pageSize = 200

interface Message {
  readonly cursor: string
  readonly trade: string | null
  readonly kinds: readonly string[]
}

/** What a client is told: that something of these kinds happened in this trade; it reads again. */
function message(platform: Platform, audience: Audience, heard: Heard, seq: number): Message {
  return {
    cursor: sealCursor(platform.keys, seq, audience.id),
    trade: heard.trade,
    kinds: [heard.kind],
  }
}

/** The events after a position that an audience may hear, and where the reading ended. */
async function readAfter(
  platform: Platform,
  audience: Audience,
  seq: number,
): Promise<{ messages: Message[]; last: number; more: boolean }> {
  const events = await platform.bus.since(seq, pageSize)
  const messages: Message[] = []
  for (const event of events) {
    const heard = await hears(platform, audience, event)
    if (heard) messages.push(message(platform, audience, heard, event.seq))
  }
  const last = events.at(-1)?.seq ?? seq
  return { messages, last, more: events.length === pageSize }
}

async function startOf(
  call: AppCall,
  audience: Audience,
  given: string | undefined,
): Promise<number | null> {
  if (!given) return call.platform.bus.head()
  return openCursor(call.platform.keys, given, audience.id)
}

export const liveOperations: readonly Op[] = [
  {
    id: 'live.poll',
    method: 'get',
    path: '/api/live/poll',
    summary: 'What happened since a cursor; none: a cursor to begin with',
    query: z.strictObject({ cursor: z.string().max(200).optional() }),
    handle: async (call) => {
      const audience = audienceOf(call.viewer)
      const given = call.query.cursor as string | undefined
      const from = await startOf(call, audience, given)
      // An unknown cursor restarts from a snapshot: the client reads its pages anew.
      if (from === null || !given) {
        const head = await call.platform.bus.head()
        return {
          cursor: sealCursor(call.platform.keys, head, audience.id),
          items: [],
          restart: from === null,
        }
      }
      const { messages, last } = await readAfter(call.platform, audience, from)
      return {
        cursor: sealCursor(call.platform.keys, last, audience.id),
        items: messages,
        restart: false,
      }
    },
  },
  {
    id: 'live.stream',
    method: 'get',
    path: '/api/live',
    summary: 'Server-sent events for this viewer; resumed by Last-Event-ID',
    query: z.strictObject({ cursor: z.string().max(200).optional() }),
    handle: async (call) => {
      const outgoing = (call.http.env as { outgoing?: ServerResponse }).outgoing
      if (!outgoing) return { streaming: false }
      const audience = audienceOf(call.viewer)
      const given =
        call.http.req.header('last-event-id') ?? (call.query.cursor as string | undefined)
      const from = await startOf(call, audience, given)
      await stream(call.platform, audience, outgoing, from)
      return new RawAnswer(RESPONSE_ALREADY_SENT)
    },
  },
]

/** Writes to the raw socket: first what was missed, then what comes, in the order of the bus. */
async function stream(
  platform: Platform,
  audience: Audience,
  out: ServerResponse,
  from: number | null,
): Promise<void> {
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  let last = from ?? (await platform.bus.head())
  if (from === null) out.write('event: restart\ndata: {}\n\n')
  const send = (m: Message) => {
    out.write(`id: ${m.cursor}\ndata: ${JSON.stringify(m)}\n\n`)
    if (out.writableLength > maxBufferedBytes) out.destroy()
  }
  // Events queue behind the catch-up, and behind one another, so that none overtakes.
  let turn: Promise<void> = catchUp()
  async function catchUp(): Promise<void> {
    for (;;) {
      const { messages, last: reached, more } = await readAfter(platform, audience, last)
      for (const m of messages) send(m)
      last = reached
      if (!more) return
    }
  }
  const onEvent = (event: LiveEvent) => {
    turn = turn
      .then(async () => {
        if (event.seq <= last) return
        last = event.seq
        const heard = await hears(platform, audience, event)
        if (heard) send(message(platform, audience, heard, event.seq))
      })
      .catch(() => {
        out.destroy()
      })
  }
  const end = platform.bus.subscribe(onEvent)
  const beat = setInterval(() => out.write(': \n\n'), heartbeatMs)
  out.write(
    `event: hello\ndata: ${JSON.stringify({ cursor: sealCursor(platform.keys, last, audience.id) })}\n\n`,
  )
  out.on('close', () => {
    end()
    clearInterval(beat)
  })
}
