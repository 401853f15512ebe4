import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import type { Event, StoredEvent } from '../../kernel/event.ts'
import { ProblemError } from '../../kernel/problem.ts'
import { loadTrade, type Platform } from '../../platform.ts'
import { nextPublicLimit } from '../../policies.ts'
import { lotOfStream, mayHear, mayRead } from '../../readable.ts'
import { rolesForEvent } from '../../standing.ts'
import { lotIds, type Trade } from '../../trade.ts'
import { type ListWish, listTrades } from '../public/list.ts'
import { listStages } from '../public/rules-stages.ts'

/** What the public reads: the list of trades with Chinese search, and each trade's page. */

async function partyNames(
  platform: Platform,
  ids: readonly string[],
): Promise<Record<string, string>> {
  const rows = await platform.sql`select id, name from read.parties where id = any(${[...ids]})`
  return Object.fromEntries(rows.map((r) => [r.id, r.name as string]))
}

/** The trade's page: what everyone may see, and where the viewer stands in it. */
export async function tradePage(call: AppCall) {
  const trade = call.trade as Trade
  const { project } = trade
  if (project.stage === 'none') throw new ProblemError('not-found')
  const names = await partyNames(call.platform, [
    project.purchaser,
    project.agency,
    project.tradingCentre,
  ])
  const name = (id: string) => ({ id, name: names[id] ?? id })
  const published = project.stage === 'published' ? project : null
  const clock = await call.platform.store.tradeClock(trade.id)
  return {
    id: trade.id,
    stage: project.stage,
    now: trade.now,
    clock: { offsetMs: clock.offsetMs, frozen: clock.frozenAt !== null },
    roles: [...call.roles],
    title: project.document?.title ?? null,
    regime: published?.regime ?? null,
    document: project.document,
    files: project.files,
    purchaser: name(project.purchaser),
    agency: name(project.agency),
    tradingCentre: name(project.tradingCentre),
    published: published && {
      at: published.publishedAt,
      ruleSetId: published.ruleSetId,
      version: published.version,
      times: published.times,
      deadline: published.bidDeadline,
      versions: published.versions.map(({ document: _, ...v }) => v),
      answers: published.answers,
      deadlines: published.deadlines,
      successor: published.successor,
      successors: published.successors,
    },
    lots: published
      ? lotIds(published).map((id, i) => ({
          id,
          terms: published.document.lots[i],
          stage: trade.lots.get(id)?.stage ?? 'none',
          suspended: isSuspended(trade, id),
        }))
      : [],
    next: { at: nextPublicLimit(trade) },
  }
}

const isSuspended = (trade: Trade, id: string) => {
  const lot = trade.lots.get(id)
  return lot !== undefined && 'suspensions' in lot && lot.suspensions.length > 0
}

/** A seat in one lot's committee opens that lot's events alone. */
function judged(may: typeof mayRead, call: AppCall, trade: Trade, event: Event): boolean {
  const roles = call.roles as Parameters<typeof mayRead>[2]
  const party = call.viewer?.party
  return may(event, trade, rolesForEvent(roles, trade, event, party), party)
}

/** An event of the party's own hidden streams in the trade. */
async function ownHidden(
  { platform, viewer }: AppCall,
  trade: Trade,
  isIt: (e: StoredEvent) => boolean,
) {
  if (!viewer?.roles.includes('bidder')) return undefined
  await platform.hidden.ready()
  const own = platform.hidden.streamsOfParty(viewer.party).filter((e) => e.project === trade.id)
  const views = await Promise.all(own.map(({ stream }) => platform.store.stream(stream, true)))
  return views.flatMap(({ events }) => events).find(isIt)
}

/** Events of a trade that the viewer may read, newest last, each with its place in the log. */
async function readEvents(call: AppCall) {
  const trade = await loadTrade(call.platform, (call.trade as Trade).id)
  const items = trade.view.events
    .filter(({ event }) => judged(mayRead, call, trade, event))
    .map(({ event, digest }) => ({
      stream: event.stream,
      version: event.version,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
      lot: lotOfStream(event.stream) ?? null,
      capacity: event.actor.capacity,
      digest: Buffer.from(digest).toString('base64url'),
    }))
  return { items, next: null }
}

/**
 * One event with salt and proof, for whoever may read it: the check behind each ◈. The party that it
 * is addressed to has the proof at once, and event and salt when it may read them.
 */
async function readEvent(call: AppCall) {
  const trade = call.trade as Trade
  const isIt = ({ digest }: StoredEvent) =>
    Buffer.from(digest).toString('base64url') === call.params.digest
  const open = trade.view.events.find(isIt)
  if (open && !judged(mayHear, call, trade, open.event)) throw new ProblemError('not-found')
  const found = open ?? (await ownHidden(call, trade, isIt))
  if (!found) throw new ProblemError('not-found')
  const isShown = !open || judged(mayRead, call, trade, open.event)
  return {
    event: isShown ? found.event : null,
    salt: isShown ? Buffer.from(found.salt).toString('base64url') : null,
    proof: await call.platform.ledger.proofOf(found.digest),
  }
}

export const portalOperations: readonly AppOperation[] = [
  {
    id: 'project.list',
    method: 'get',
    path: '/api/projects',
    summary: 'Published trades, newest first, with Chinese search',
    query: z.strictObject({
      query: z.string().max(100).optional(),
      stage: z.enum(listStages).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    handle: async (call) => {
      const wish = call.query as unknown as ListWish
      const { items, next } = await listTrades(call.platform.sql, wish)
      const link = new URL(call.http.req.url)
      if (next) link.searchParams.set('cursor', next)
      return { items, next: next ? `${link.pathname}${link.search}` : null }
    },
  },
  {
    id: 'project.read',
    method: 'get',
    path: '/api/projects/{project}',
    summary: 'One trade: document, times, lots, answers, and where the viewer stands',
    handle: tradePage,
  },
  {
    id: 'project.readEvents',
    method: 'get',
    list: true,
    path: '/api/projects/{project}/events',
    summary: 'The trade’s events that the viewer may read',
    handle: readEvents,
  },
  {
    id: 'project.readEvent',
    method: 'get',
    path: '/api/projects/{project}/events/{digest}',
    summary: 'One event with its salt and its proof in the log',
    handle: readEvent,
  },
]
