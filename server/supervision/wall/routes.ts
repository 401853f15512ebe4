import { z } from 'zod'
import type { AppCall, AppOperation } from '../../app-call.ts'
import { pageOfList } from '../../kernel/pages-of-list.ts'
import { loadTrade } from '../../platform.ts'
import { nextLimit } from '../../policies.ts'
import type { Trade } from '../../trade.ts'

/**
 * The regulator's wall: every session that runs now, with what the law lets him see of it; read
 * only. Numbers of bids and names come with the opening, for him as for all.
 */
interface Tile {
  trade: string
  title: { zh: string; en: string }
  region: string
  kind: 'opening' | 'evaluation' | 'other'
  stage: string
  /** Trade time now, and of the next limit. */
  now: string
  next: string | null
  progress: { done: number; of: number } | null
  alarms: { rule: string; zh: string; en: string; source: string; at: string }[]
}

const running = [
  'tendering',
  'opening',
  'qualifying',
  'evaluating',
  'evaluated',
  'publicity',
  'awarding',
]

export function tileOf(trade: Trade): Tile | null {
  const { project, session, lots } = trade
  if (project.stage !== 'published') return null
  const stages = [...lots.values()].map((l) => l.stage)
  const isOpening =
    session.stage !== 'scheduled' && session.stage !== 'closed' && session.stage !== 'aborted'
  const isEvaluating = stages.some((s) => s === 'qualifying' || s === 'evaluating')
  const listed = session.stage === 'scheduled' ? [] : session.lots.flatMap((l) => [...l.bids])
  return {
    trade: trade.id,
    title: project.document.title,
    region: project.document.region,
    kind: isOpening ? 'opening' : isEvaluating ? 'evaluation' : 'other',
    stage: isOpening ? session.stage : (stages[0] ?? 'tendering'),
    now: trade.now,
    next: nextLimit(trade),
    progress:
      isOpening && listed.length > 0
        ? {
            done:
              session.stage === 'decrypting' ? session.released.length : session.confirmed.length,
            of: listed.length,
          }
        : null,
    alarms: alarmsOf(trade),
  }
}

/** In words; whose fault it was, where the signed bytes tell. */
function notOpenedText(fault: string | null): { zh: string; en: string } {
  if (fault === 'bidder')
    return {
      zh: '一份投标未能开启，责任在投标人',
      en: 'A bid did not open; the fault is the bidder’s',
    }
  if (fault === 'platform')
    return {
      zh: '一份投标未能开启，责任在平台',
      en: 'A bid did not open; the fault is the platform’s',
    }
  return { zh: '一份投标未能开启，责任待查', en: 'A bid did not open; whose fault is to be found' }
}

/** Signals that need a look: never a verdict. */
function alarmsOf(trade: Trade): Tile['alarms'] {
  const alarms: Tile['alarms'] = []
  const { session, lots } = trade
  if (session.stage === 'halted')
    alarms.push({
      rule: 'openingHalted',
      zh: '开标中止',
      en: 'The opening is halted',
      source: '招标投标法 art. 36',
      at: session.halts.at(-1)?.at ?? trade.now,
    })
  if (session.stage !== 'scheduled')
    for (const row of session.rows)
      if (row.outcome === 'notOpened')
        alarms.push({
          rule: 'bidNotOpened',
          ...notOpenedText(row.fault),
          source: '电子招标投标办法 art. 31',
          at: session.openedAt ?? trade.now,
        })
  for (const lot of lots.values())
    if ('suspensions' in lot)
      for (const s of lot.suspensions)
        alarms.push({
          rule: 'lotSuspended',
          zh: '标段（包）已暂停',
          en: 'A lot is suspended',
          source: '招标投标法实施条例 art. 22, 54',
          at: s.since,
        })
  return alarms
}

/** Sessions of one answer; the others have a link. */
const maxTiles = 200

async function readWall(call: AppCall) {
  const { cursor } = call.query as { cursor?: string }
  const rows = await call.platform.sql`
    select id from read.trades where stage = any(${running}) order by updated_position desc`
  const page = pageOfList(
    { items: rows.map((row) => row.id as string), next: null as string | null },
    { limit: maxTiles, ...(cursor ? { cursor } : {}) },
    call.http.req.url,
  )
  const tiles: Tile[] = []
  for (const id of page.items) {
    const tile = tileOf(await loadTrade(call.platform, id))
    if (tile) tiles.push(tile)
  }
  const rank = { opening: 0, evaluation: 1, other: 2 }
  tiles.sort((a, b) => b.alarms.length - a.alarms.length || rank[a.kind] - rank[b.kind])
  return { tiles, next: page.next }
}

export const wallOperations: readonly AppOperation[] = [
  {
    id: 'wall.read',
    method: 'get',
    path: '/api/watch',
    summary: 'Every session that runs now, those with alarms first',
    query: z.strictObject({ cursor: z.string().max(40).optional() }),
    handle: readWall,
  },
]
