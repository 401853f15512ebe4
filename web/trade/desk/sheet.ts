import type { PhaseName, SheetRow } from '../../../server/evaluation/evaluation/rules-sheets.ts'
import type { ReviewItem, ScoringItem } from '../../../server/tendering/project/document.ts'
import { scoreProblem } from '../../kit/score.ts'
import type { DeskPage } from './desk-answers.ts'

/** A sheet as it is being filled in: one entry for each bid and item. */
export interface Entry {
  readonly pass?: boolean
  readonly points?: string
  readonly reason: string
}
export type Entries = Readonly<Record<string, Entry>>
export type SheetItem = ReviewItem | ScoringItem
export type Gap = 'missing' | 'range' | 'reason'

export const keyOf = (bidder: string, item: string): string => `${bidder} ${item}`
export const isScored = (item: SheetItem): item is ScoringItem => 'max' in item

export function itemsOf(items: DeskPage['items'], phase: PhaseName | null): readonly SheetItem[] {
  if (!items || !phase) return []
  return phase === 'scoring' ? items.scoring.items : items[phase]
}

/** What keeps an entry from being handed in. */
export function gapOf(entry: Entry | undefined, item: SheetItem): Gap | null {
  if (isScored(item)) {
    if (!entry?.points) return 'missing'
    return scoreProblem(entry.points, item.max, item.step) ? 'range' : null
  }
  if (entry?.pass === undefined) return 'missing'
  return !entry.pass && !entry.reason.trim() ? 'reason' : null
}

export interface FoundGap {
  readonly bidder: string
  readonly item: SheetItem
  readonly gap: Gap
}

export function gapsOf(
  entries: Entries,
  bidders: readonly string[],
  items: readonly SheetItem[],
): FoundGap[] {
  return bidders.flatMap((bidder) =>
    items.flatMap((item) => {
      const gap = gapOf(entries[keyOf(bidder, item.id)], item)
      return gap ? [{ bidder, item, gap }] : []
    }),
  )
}

/** Rows as they are signed, bids in their order, items in the document's. */
export function rowsOf(
  entries: Entries,
  bidders: readonly string[],
  items: readonly SheetItem[],
): SheetRow[] {
  return bidders.flatMap((bidder) =>
    items.map((item): SheetRow => {
      const entry = entries[keyOf(bidder, item.id)]
      const reason = entry?.reason.trim() || null
      return isScored(item)
        ? { bidder, item: item.id, points: entry?.points ?? '', reason }
        : { bidder, item: item.id, pass: entry?.pass ?? false, reason }
    }),
  )
}

const readable = /^(0|[1-9]\d{0,5})(\.\d{1,6})?$/

/** What the server keeps as a draft: entries that hold something readable. */
export function draftRows(entries: Entries): SheetRow[] {
  return Object.entries(entries).flatMap(([key, entry]) => {
    const [bidder, item] = key.split(' ')
    const points = entry.points !== undefined && readable.test(entry.points)
    if (!points && entry.pass === undefined && !entry.reason) return []
    return [
      {
        bidder,
        item,
        ...(points ? { points: entry.points } : {}),
        ...(entry.pass === undefined ? {} : { pass: entry.pass }),
        reason: entry.reason || null,
      },
    ]
  })
}

export function entriesOf(rows: readonly Partial<SheetRow>[]): Entries {
  return Object.fromEntries(
    rows.map((row) => [
      keyOf(row.bidder ?? '', row.item ?? ''),
      {
        ...(row.pass === undefined ? {} : { pass: row.pass }),
        ...(row.points === undefined ? {} : { points: row.points }),
        reason: row.reason ?? '',
      },
    ]),
  )
}

/** Entries that two copies hold differently. */
export function differing(a: Entries, b: Entries): string[] {
  const text = (entry: Entry | undefined) =>
    JSON.stringify([entry?.pass ?? null, entry?.points ?? '', entry?.reason ?? ''])
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].filter((key) => text(a[key]) !== text(b[key]))
}

/**
 * What another window or device has changed since this one last agreed with the server: `taken`
 * where this one has changed nothing, `clashing` where it has, to something else.
 */
export function newsOf(
  base: Entries,
  mine: Entries,
  theirs: Entries,
): { readonly taken: readonly string[]; readonly clashing: readonly string[] } {
  const own = new Set(differing(base, mine))
  const others = differing(base, theirs)
  const apart = new Set(differing(mine, theirs))
  return {
    taken: others.filter((key) => !own.has(key)),
    clashing: others.filter((key) => own.has(key) && apart.has(key)),
  }
}
