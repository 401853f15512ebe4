import type { Sql } from '../../kernel/database.ts'
import { gramsOf } from '../../kernel/search.ts'
import type { ListStage } from './rules-stages.ts'

/** A row of the public list of trades. */
export interface TradeRow {
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly regime: string
  readonly method: string
  readonly objectKind: string
  readonly region: string
  readonly purchaserName: string
  readonly budgetFen: number
  readonly stage: string
  readonly publishedAt: string
  readonly deadline: string
}
export interface ListWish {
  readonly query?: string
  readonly stage?: ListStage
  readonly cursor?: string
  readonly limit: number
}

const encode = (text: string) =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const decode = (text: string) => atob(text.replaceAll('-', '+').replaceAll('_', '/'))

/**
 * Trades, newest notice first. Two characters or more are found by their pieces; each piece narrows
 * by index, the whole text decides. Needs the database alone: it runs on Node and on Workers.
 */
export async function listTrades(
  sql: Sql,
  wish: ListWish,
): Promise<{ items: TradeRow[]; next: string | null }> {
  const words = (wish.query ?? '').trim().toLowerCase()
  const grams = gramsOf(words)
  const [at, id] = readCursor(wish.cursor)
  const rows = await sql`
    select t.*, p.name as purchaser_name from read.trades t
    left join read.parties p on p.id = t.purchaser
    where (t.published_at, t.id) < (${at}, ${id})
      ${grams.length > 0 ? sql`and t.grams @> ${grams}` : sql``}
      ${words.length > 0 ? sql`and position(${words} in t.search) > 0` : sql``}
      ${wish.stage ? sql`and t.stage = ${wish.stage}` : sql``}
    order by t.published_at desc, t.id desc limit ${wish.limit + 1}`
  const items = rows.slice(0, wish.limit).map((r) => ({
    id: r.id,
    title: { zh: r.title_zh, en: r.title_en },
    regime: r.regime,
    method: r.method,
    objectKind: r.object_kind,
    region: r.region,
    purchaserName: r.purchaser_name ?? '',
    budgetFen: Number(r.budget_fen),
    stage: r.stage,
    publishedAt: r.published_at,
    deadline: r.deadline,
  }))
  const last = items.at(-1)
  const next = rows.length > wish.limit && last ? encode(`${last.publishedAt} ${last.id}`) : null
  return { items, next }
}

/** A cursor that is not ours begins the list anew. */
function readCursor(cursor: string | undefined): [string, string] {
  try {
    const [at, id] = cursor ? decode(cursor).split(' ') : []
    return at && id ? [at, id] : ['9999', '']
  } catch {
    return ['9999', '']
  }
}
