import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import type { LivePosition } from '../../kernel/bus.ts'
import { RawAnswer } from '../../kernel/operation.ts'
import { sessionCookie, sessionName } from '../../kernel/sessions.ts'
import { sourceOf } from '../../kernel/source.ts'
import type { Platform } from '../../platform.ts'
import {
  type Audience,
  audienceOf,
  hears,
  hiddenStreamsOf,
  type Message,
  messageOf,
  tradesOfEvents,
} from './audience.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { drained, frameOf, hubOf, openStream, writeTo } from './hub.ts'

/**
 * The live stream: one a browser, server-sent events on the raw response, rights applied an event at
 * a time. A cursor is opaque and belongs to its audience. A slow client has a bounded buffer, then
 * its stream ends and it resumes. No act depends on the stream; polling reads the same cursors.
 */

const pageSize = 200

/**
 * The next events after a position that an audience may hear, a page of them at most, and where the
 * reading ended; null where the live order has begun anew. What it may not hear is skipped and ends no
 * page: else pages would count it. Others' hidden acts are not even met.
 */
async function readAfter(
  platform: Platform,
  audience: Audience,
  seen: LivePosition,
): Promise<{ messages: Message[]; last: LivePosition; more: boolean } | null> {
  const messages: Message[] = []
  for (let last = seen; ; ) {
    const own = await hiddenStreamsOf(platform, audience)
    const page = await platform.bus.since(last, own, pageSize)
    if (!page) return null
    const tradeOf = tradesOfEvents(platform)
    for (const event of page.events) {
      const trade = await tradeOf(event)
      const heard = await hears(platform, audience, event, trade)
      if (heard) messages.push(messageOf(platform, audience, heard, event))
      if (messages.length === pageSize)
        return { messages, last: { epoch: event.epoch, seq: event.seq }, more: true }
    }
    last = page.end
    if (page.events.length < pageSize) return { messages, last, more: false }
  }
}

async function startOf(
  call: AppCall,
  audience: Audience,
  given: string | undefined,
): Promise<LivePosition | null> {
  if (!given) return call.platform.bus.position
  return openCursor(call.platform.keys, given, audience.id)
}

export const liveOperations: readonly AppOperation[] = [
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
      const read = from && given ? await readAfter(call.platform, audience, from) : null
      if (read)
        return {
          cursor: sealCursor(call.platform.keys, read.last, audience.id),
          items: read.messages,
          restart: false,
        }
      // A cursor that is unknown, or of an order that has ended: the client reads its pages anew.
      const head = call.platform.bus.position
      return {
        cursor: sealCursor(call.platform.keys, head, audience.id),
        items: [],
        restart: given !== undefined,
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
      const source = sourceOf(call.http, call.platform.config.trustedProxies)
      hubOf(call.platform).refuseMany(source)
      const audience = audienceOf(call.viewer)
      const given =
        call.http.req.header('last-event-id') ?? (call.query.cursor as string | undefined)
      const from = await startOf(call, audience, given)
      const cookie = call.viewer && getCookie(call.http, sessionCookie)
      const session = cookie ? sessionName(cookie) : null
      await stream(call.platform, { audience, source, session }, outgoing, from)
      return new RawAnswer(RESPONSE_ALREADY_SENT)
    },
  },
]

/** Who listens, from where, and by which session; null: the public. */
interface Listener {
  readonly audience: Audience
  readonly source: string
  readonly session: string | null
}

/** Writes to the raw socket: first what was missed, then what comes, in the order of the bus. */
async function stream(
  platform: Platform,
  { audience, source, session }: Listener,
  response: ServerResponse,
  from: LivePosition | null,
): Promise<void> {
  const hub = hubOf(platform)
  let read = from && (await readAfter(platform, audience, from))
  const start = read && from ? from : platform.bus.position
  const cursor = sealCursor(platform.keys, start, audience.id)
  const restart = read ? '' : 'event: restart\ndata: {}\n\n'
  const out = openStream(
    response,
    `${restart}event: hello\ndata: ${JSON.stringify({ cursor })}\n\n`,
  )
  if (!out) return
  const client = hub.admit(audience, out, source, session)
  // What was read before it was let in may lack what came in between: it is read once more.
  for (let last = start, hasAll = false; ; read = null) {
    const isSure = !read
    read ??= await readAfter(platform, audience, last).catch(() => null)
    // The live order has just ended, or the database is away: the client comes again.
    if (!read) out.destroy()
    if (!read || out.destroyed) return
    for (const m of read.messages) {
      writeTo(out, frameOf(m))
      await drained(out)
    }
    last = read.last
    hasAll = isSure && !read.more
    if (out.destroyed || (hasAll && hub.goOn(client, last))) return
  }
}
