import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { calendarOf } from '../../kernel/calendar.ts'
import type { CalendarYear } from '../../kernel/calendar-data.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { actorOf, type Viewer } from '../../kernel/viewer.ts'
import { actOf } from '../../platform.ts'
import type { Command, Outage } from './decider.ts'
import {
  calendarsInForce,
  type ListFile,
  loadTrustList,
  platformState,
  platformStream,
  refreshFromEvents,
} from './trust.ts'

const b64u = z.string().regex(/^[A-Za-z0-9_-]+$/)
const day = z.string().regex(/^\d\d-\d\d(\/\d\d-\d\d)?$/)
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const text = z.string().min(1).max(2000)

function actOnPlatform(call: AppCall, command: Command) {
  return actOf(call.platform, {
    kind: 'platform',
    id: 'platform',
    project: null,
    actor: actorOf(call.viewer as Viewer),
    command,
    ...(call.key ? { key: call.key } : {}),
  })
}

/** The platform's own settings that are events, and its public record of outages. */
export const platformOperations: readonly AppOperation[] = [
  {
    id: 'platform.readTrustList',
    method: 'get',
    path: '/api/platform/trust-list',
    summary: 'The trust list in force, with its signatures',
    handle: async ({ platform }) => {
      const { trust } = platform
      if (!trust) throw new ProblemError('trust-list-missing')
      const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
      return {
        sequence: trust.accepted.list.sequence,
        sha256: trust.accepted.sha256,
        trustList: b64(trust.bytes),
        signatures: trust.signatures.map(b64),
      }
    },
  },
  {
    id: 'platform.loadTrustList',
    method: 'post',
    path: '/api/platform/trust-lists',
    summary: 'Load the next trust list, signed by two keys of the present one',
    body: z.strictObject({
      trustList: b64u.max(3_000_000),
      signatures: z.array(b64u.max(100_000)).min(2).max(5),
    }),
    handle: (call) =>
      loadTrustList(call.platform, call.body as ListFile, actorOf(call.viewer as Viewer), false),
  },
  {
    id: 'platform.listCalendars',
    method: 'get',
    list: true,
    path: '/api/platform/calendars',
    summary: 'The working-day calendars in force, by year, each with its notice',
    handle: async ({ platform }) => ({
      items: calendarsInForce(await platformState(platform)),
      next: null,
    }),
  },
  {
    id: 'platform.loadCalendar',
    method: 'post',
    path: '/api/platform/calendars',
    summary: 'Load a year of rest days and make-up days, with its notice',
    weighty: true,
    body: z.strictObject({
      year: z.int().min(2024).max(2100),
      source: text,
      rest: z.array(day).max(60),
      work: z.array(z.string().regex(/^\d\d-\d\d$/)).max(30),
    }),
    handle: async (call) => {
      const calendar = call.body as CalendarYear
      try {
        calendarOf([calendar])
      } catch (error) {
        if (error instanceof RangeError) throw new ProblemError('calendar-invalid')
        throw error
      }
      await actOnPlatform(call, { type: 'loadCalendar', calendar })
      await refreshFromEvents(call.platform)
      return { years: [...call.platform.calendar.years].sort() }
    },
  },
  {
    id: 'platform.listOutages',
    method: 'get',
    list: true,
    path: '/api/platform/outages',
    summary: 'The public record of outages',
    handle: async ({ platform }) => ({
      items: (await platformState(platform)).outages,
      next: null,
    }),
  },
  {
    id: 'platform.readOutage',
    method: 'get',
    path: '/api/platform/outages/{outage}',
    summary: 'An outage as the log holds it: event, salt and proof',
    handle: async ({ platform, params }) => {
      const { events } = await platform.store.stream(platformStream)
      const found = events.find(
        ({ event }) => event.type === 'OutageRecorded' && event.data.id === params.outage,
      )
      if (!found) throw new ProblemError('not-found')
      return {
        event: found.event,
        salt: Buffer.from(found.salt).toString('base64url'),
        proof: await platform.ledger.proofOf(found.digest),
      }
    },
  },
  {
    id: 'platform.recordOutage',
    method: 'post',
    path: '/api/platform/outages',
    summary: 'Record an outage; it is public and does not change',
    weighty: true,
    body: z.strictObject({
      id: z.string().regex(/^[A-Za-z0-9-]{4,64}$/),
      from: instant,
      until: instant,
      parts: z.array(z.string().min(1).max(40)).min(1).max(20),
      zh: text,
      en: text,
    }),
    handle: async (call) => {
      const { id, ...outage } = call.body as Outage & { id: string }
      // What a person records is over: only then is it known until when, and the record never changes.
      if (Date.parse(outage.until) > call.platform.store.clock.nowMs())
        throw new ProblemError('outage-not-over')
      await actOnPlatform(call, { type: 'recordOutage', id, outage })
      return { id }
    },
  },
]
