import { mayCall, noStanding, type Role, rolesOf } from '../../access.ts'
import type { AppCall } from '../../app.ts'
import { isShown } from '../../award/award/rules-bonds.ts'
import { awardDuties } from '../../award/award/rules-duties.ts'
import { objectionDuties } from '../../award/objection/rules-duties.ts'
import { evaluationDuties } from '../../evaluation/evaluation/rules-duties.ts'
import { drawDuties } from '../../experts/draw/rules-duties.ts'
import { rolesDecidedBy } from '../../identity/party/rules.ts'
import type { Event, StoredEvent } from '../../kernel/event.ts'
import type { Operation } from '../../kernel/operation.ts'
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

const maxTrades = 300

/** Trades in which the party objected: also one that never joined may. */
async function objectedIn({ sql }: Platform, { party }: Viewer): Promise<string[]> {
  const rows = await sql`
    select distinct project from log.events
    where stream >= 'objection:' and stream < 'objection;' and version = 0
      and position(${party} in body) > 0`
  return rows.map((r) => r.project)
}

/** Trades in which the viewer has a part: named in it, joined, or called as an expert. */
async function tradesOf(platform: Platform, viewer: Viewer): Promise<string[]> {
  const { sql, hidden } = platform
  if (viewer.roles.includes('bidder')) {
    await hidden.ready()
    const own = hidden.streamsOfParty(viewer.party).map((e) => e.project)
    return [...new Set([...(await objectedIn(platform, viewer)), ...own])].slice(-maxTrades)
  }
  if (viewer.roles.includes('expert')) {
    const rows = await sql`
      select id from read.trades where stage not in ('archived', 'terminated')
      order by updated_position desc limit ${maxTrades}`
    return rows.map((r) => r.id)
  }
  const rows = await sql`
    select id from read.projects
    where ${viewer.party} in (purchaser, agency, trading_centre)
    order by created_at desc limit ${maxTrades}`
  return rows.map((r) => r.id)
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

async function readMine(call: AppCall) {
  const viewer = call.viewer as Viewer
  const duties: Duty[] = await approvalDuties(call.platform, viewer)
  const messages: Message[] = []
  const trades: { id: string; title: unknown; stage: string; roles: Role[]; now: string }[] = []
  for (const id of await tradesOf(call.platform, viewer)) {
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
  return { duties, messages: messages.slice(0, 100), trades }
}

const lastStage = (trade: Trade) => [...trade.lots.values()].map((l) => l.stage)[0] ?? 'tendering'

export const myOperations: readonly Operation<Platform, Trade | null>[] = [
  {
    id: 'my.read',
    method: 'get',
    path: '/api/my',
    summary: 'What the viewer must do next, notices, and trades with a part in them',
    handle: readMine,
  },
]
