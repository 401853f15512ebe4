import { z } from 'zod'
import { mayCall, noStanding, type Role, rolesOf } from '../../access.ts'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { isShown } from '../../award/award/rules-bonds.ts'
import { awardDuties } from '../../award/award/rules-duties.ts'
import { objectionDuties } from '../../award/objection/rules-duties.ts'
import { evaluationDuties } from '../../evaluation/evaluation/rules-duties.ts'
import { drawDuties } from '../../experts/draw/rules-duties.ts'
import { rolesDecidedBy } from '../../identity/party/rules.ts'
import type { Event, StoredEvent } from '../../kernel/event.ts'
import { pageOfList } from '../../kernel/pages-of-list.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { loadBid, loadTrade, type Platform } from '../../platform.ts'
import { rolesForEvent, standingOf } from '../../standing.ts'
import type { State as BidState } from '../../tendering/bid/decider.ts'
import { questionDuties } from '../../tendering/project/rules-duties.ts'
import type { Trade } from '../../trade.ts'
import { type Message, messagesOf } from './messages.ts'
import { type Duty, dutiesOf, type Own, type RoomFinder } from './rules-duties.ts'

/** Duties that rooms with their own state find; added where the room is. */
export const roomFinders: RoomFinder[] = [
  questionDuties,
  drawDuties,
  evaluationDuties,
  awardDuties,
  objectionDuties,
]

/** Trades of one answer; what comes after them has a link. */
const maxTrades = 300
/** Notices in the answer that shows everything at once; the earlier ones have a link. */
const maxMessages = 100

/** Trades in which the party objected: also one that never joined may. */
async function objectedIn({ sql }: Platform, { party }: Viewer): Promise<string[]> {
  const rows = await sql`
    select distinct project from log.events
    where stream >= 'objection:' and stream < 'objection;' and version = 0
      and position(${party} in body) > 0`
  return rows.map((r) => r.project)
}

/** All trades in which the viewer has a part: named in it, joined, or called as an expert. */
async function tradesOf(platform: Platform, viewer: Viewer): Promise<string[]> {
  const { sql, hidden } = platform
  if (viewer.roles.includes('bidder')) {
    await hidden.ready()
    const own = hidden.streamsOfParty(viewer.party).map((e) => e.project)
    return liveFirst(platform, [...(await objectedIn(platform, viewer)), ...own])
  }
  if (viewer.roles.includes('expert')) {
    const rows = await sql`
      select id from read.trades where stage not in ('archived', 'terminated')
      order by updated_position desc`
    return rows.map((r) => r.id)
  }
  const rows = await sql`
    select id from read.projects
    where ${viewer.party} in (purchaser, agency, trading_centre)
    order by created_at desc`
  return liveFirst(
    platform,
    rows.map((r) => r.id),
  )
}

/** Each once; those that are at their end last, otherwise in the order given. */
async function liveFirst({ sql }: Platform, ids: readonly string[]): Promise<string[]> {
  const rows = await sql`
    select id from read.trades where id = any(${[...ids]}) and stage in ('archived', 'terminated')`
  const ended = new Set(rows.map((r) => r.id))
  const once = [...new Set(ids)]
  return [...once.filter((id) => !ended.has(id)), ...once.filter((id) => ended.has(id))]
}

/** What waits at the agency's desk: open questions, and bonds once it may know who paid one. */
async function deskOf({ hidden }: Platform, trade: Trade): Promise<Partial<Own>> {
  const { project } = trade
  if (project.stage !== 'published') return {}
  await hidden.ready()
  const proposed = Object.values(project.proposals).flatMap((p) =>
    p.kind === 'answer' ? [p.question] : [],
  )
  const done = new Set([...project.answers.map((a) => a.id), ...proposed])
  const lots = [...trade.lots.keys()]
  return {
    questions: new Map(
      lots.map((lot) => [
        lot,
        hidden.questionsOf([lot]).filter((q) => !done.has(q.id) && !done.has(q.askedAs)),
      ]),
    ),
    openBonds: new Map(
      lots.filter((lot) => isShown(trade, lot)).map((lot) => [lot, hidden.openBondsOf(lot)]),
    ),
  }
}

/** One trade as it stands for the viewer. */
async function standIn(platform: Platform, viewer: Viewer, id: string) {
  const trade = await loadTrade(platform, id)
  const standing = await standingOf(platform, viewer, trade, undefined)
  const roles = rolesOf(viewer, trade, standing ?? noStanding)
  const bids = new Map<string, BidState>()
  const hidden = new Map<string, readonly StoredEvent[]>()
  if (viewer.roles.includes('bidder'))
    for (const lot of trade.lots.keys()) {
      const { state, events } = await loadBid(platform, lot, viewer.party)
      bids.set(lot, state as BidState)
      hidden.set(lot, events)
    }
  const desk = roles.has('Ag') ? await deskOf(platform, trade) : {}
  const own: Own = { roles, party: viewer.party, bids, ...desk }
  return { trade, own, hidden }
}

/** Of no trade: organisations whose roles wait for whoever may decide about them. */
async function approvalDuties({ sql }: Platform, viewer: Viewer): Promise<Duty[]> {
  if (!mayCall('party.listRequests', rolesOf(viewer, null, noStanding), viewer)) return []
  const open = rolesDecidedBy(viewer.roles.includes('platformAdmin'))
  const [{ n }] = await sql`
    select count(*)::int as n from read.parties
    where roles_asked && ${open}::text[] and id <> ${viewer.party}`
  if (n === 0) return []
  const title = { zh: `单位登记（${n}）`, en: `Registrations (${n})` }
  const path = '/admin/people'
  return [{ act: 'decide-roles', trade: '', lot: null, title, until: null, path, isDue: true }]
}

interface MyTrade {
  readonly id: string
  readonly title: unknown
  readonly stage: string
  readonly roles: readonly Role[]
  readonly now: string
}
interface Mine {
  readonly duties: readonly Duty[]
  /** Newest first. */
  readonly messages: readonly Message[]
  readonly trades: readonly MyTrade[]
  /** To the trades that come after these. */
  readonly next: string | null
}

/** @param cursor of the trades' list */
async function mineFrom(call: AppCall, cursor: string | undefined): Promise<Mine> {
  const viewer = call.viewer as Viewer
  const duties: Duty[] = cursor ? [] : await approvalDuties(call.platform, viewer)
  const messages: Message[] = []
  const trades: MyTrade[] = []
  const page = pageOfList(
    { items: await tradesOf(call.platform, viewer), next: null as string | null },
    { limit: maxTrades, ...(cursor ? { cursor } : {}) },
    new URL('/api/my', call.http.req.url).href,
  )
  for (const id of page.items) {
    const { trade, own, hidden } = await standIn(call.platform, viewer, id)
    duties.push(...dutiesOf(trade, own, roomFinders))
    // One who is called learns whose project it is once he is a member of its committee; one who is
    // no member any more hears what is addressed to him.
    const isOutside = viewer.roles.includes('expert') && !own.roles.has('Ex')
    const roles = isOutside ? new Set<Role>() : own.roles
    const inTrade = (event: Event) => rolesForEvent(roles, trade, event, viewer.party)
    messages.push(...messagesOf(trade, inTrade, viewer.party, hidden))
    if (isOutside) continue
    const { project } = trade
    trades.push({
      id,
      title: project.stage !== 'none' ? (project.document?.title ?? null) : null,
      stage: project.stage === 'published' ? lastStage(trade) : project.stage,
      roles: [...own.roles],
      now: trade.now,
    })
  }
  messages.sort((a, b) => (a.recordedAt < b.recordedAt ? 1 : -1))
  return { duties, messages, trades, next: page.next }
}

/** Everything at a glance; what does not fit has its link, so that no notice is out of reach. */
async function readMine(call: AppCall) {
  const { cursor } = call.query as { cursor?: string }
  const mine = await mineFrom(call, cursor)
  const address = new URL(`/api/my/messages?limit=${maxMessages}`, call.http.req.url)
  if (cursor) address.searchParams.set('trades', cursor)
  const page = pageOfList(
    { items: mine.messages, next: null as string | null },
    { limit: maxMessages },
    address.href,
  )
  return { ...mine, messages: page.items, messagesNext: page.next }
}

const lastStage = (trade: Trade) => [...trade.lots.values()].map((l) => l.stage)[0] ?? 'tendering'

export const myOperations: readonly AppOperation[] = [
  {
    id: 'my.read',
    method: 'get',
    path: '/api/my',
    summary: 'What the viewer must do next, notices, and trades with a part in them',
    query: z.strictObject({ cursor: z.string().max(40).optional() }),
    handle: readMine,
  },
  {
    id: 'my.listMessages',
    method: 'get',
    path: '/api/my/messages',
    summary: 'Notices to the viewer, newest first',
    list: true,
    query: z.strictObject({ trades: z.string().max(40).optional() }),
    handle: async (call) => {
      const { trades } = call.query as { trades?: string }
      return { items: (await mineFrom(call, trades)).messages, next: null }
    },
  },
]
