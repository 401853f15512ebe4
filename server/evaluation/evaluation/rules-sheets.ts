import { b64u } from '../../formats/bytes.ts'
import { canonicalBytes } from '../../formats/jcs.ts'
import { sha256 } from '../../formats/sha256.ts'
import type { ReviewItem, ScoringItem } from '../../tendering/project/document.ts'
import { type ScoreSheet, scoreProblem } from './aggregate.ts'
import {
  committeeGroup,
  type GroupResult,
  type PurchaserReview,
  type ReviewSheet,
} from './review.ts'
import type { LotScheme } from './rules.ts'
import { sameBrand } from './same-brand.ts'
import type { BidFacts } from './score-rows.ts'

/**
 * Sheets of the committee: what one must hold to be handed in, and how they become the votes and
 * points of the rules. A sheet is one member's, for one phase, and locked once it is in.
 * @source 财政部令第87号 art. 50, 55, 61, 64 ○
 */
export type PhaseName = 'qualification' | 'responsiveness' | 'scoring'

/** A vote on one item of one bid, or points for it; the form of the signed acts. */
export interface SheetRow {
  readonly bidder: string
  readonly item: string
  readonly pass?: boolean | undefined
  readonly points?: string | undefined
  readonly reason: string | null
}
export interface Sheet {
  readonly member: string
  readonly phase: PhaseName
  readonly rows: readonly SheetRow[]
  readonly act: string
}

/** Phases in order; one without items is passed over. */
export function phasesOf(scheme: LotScheme): PhaseName[] {
  const phases: PhaseName[] = []
  if (scheme.regime === 'tender' && scheme.qualification.length > 0) phases.push('qualification')
  if (scheme.responsiveness.length > 0) phases.push('responsiveness')
  if (scheme.scoring.items.length > 0) phases.push('scoring')
  return phases
}

export function itemsOf(
  scheme: LotScheme,
  phase: PhaseName,
): readonly (ReviewItem | ScoringItem)[] {
  return phase === 'scoring' ? scheme.scoring.items : scheme[phase]
}

export interface SheetFault {
  readonly problem: 'sheet-foreign-row' | 'sheet-incomplete' | 'score-range' | 'reason-missing'
  readonly detail: Readonly<Record<string, string | number>>
}

/** The first thing that keeps a sheet from being handed in; null where it is in order. */
export function sheetFault(
  scheme: LotScheme,
  phase: PhaseName,
  bidders: readonly string[],
  rows: readonly SheetRow[],
): SheetFault | null {
  const items = itemsOf(scheme, phase)
  const seen = new Set<string>()
  for (const row of rows) {
    const place = { bidder: row.bidder, item: row.item }
    const key = `${row.bidder} ${row.item}`
    const item = items.find((i) => i.id === row.item)
    const isOfPhase =
      (row.points !== undefined) === (phase === 'scoring') &&
      (row.pass !== undefined) !== (phase === 'scoring')
    if (!item || !bidders.includes(row.bidder) || seen.has(key) || !isOfPhase)
      return { problem: 'sheet-foreign-row', detail: place }
    seen.add(key)
    if ('max' in item && scoreProblem(item, row.points ?? ''))
      return { problem: 'score-range', detail: { ...place, max: item.max, step: item.step } }
    if (row.pass === false && !row.reason?.trim())
      return { problem: 'reason-missing', detail: place }
  }
  const missing = bidders.flatMap((bidder) =>
    items.filter((i) => !seen.has(`${bidder} ${i.id}`)).map((i) => ({ bidder, item: i.id })),
  )
  if (missing.length === 0) return null
  return { problem: 'sheet-incomplete', detail: { missing: missing.length, ...missing[0] } }
}

/** Whether a sheet still covers the bids under review: it may not after a member was replaced. */
export function covers(scheme: LotScheme, sheet: Sheet, bidders: readonly string[]): boolean {
  const held = new Set(sheet.rows.map((r) => `${r.bidder} ${r.item}`))
  const items = itemsOf(scheme, sheet.phase)
  return bidders.every((bidder) => items.every((i) => held.has(`${bidder} ${i.id}`)))
}

const votes = (rows: readonly SheetRow[]) =>
  Object.fromEntries(rows.map((r) => [r.item, r.pass === true]))
const reasons = (rows: readonly SheetRow[]) =>
  [...new Set(rows.flatMap((r) => (r.pass === false && r.reason ? [r.reason] : [])))].join('；') ||
  null
const biddersOf = (rows: readonly SheetRow[]) => [...new Set(rows.map((r) => r.bidder))]

/** Votes of each member on each bid, both groups together, as the rules take them. */
export function reviewSheets(sheets: readonly Sheet[]): ReviewSheet[] {
  const members = [...new Set(sheets.map((s) => s.member))]
  return members.flatMap((expert) => {
    const own = sheets.filter((s) => s.member === expert && s.phase !== 'scoring')
    const rows = own.flatMap((s) => s.rows)
    return biddersOf(rows).map((bid): ReviewSheet => {
      const of = (phase: PhaseName) => {
        const found = own.filter((s) => s.phase === phase).flatMap((s) => s.rows)
        const ofBid = found.filter((r) => r.bidder === bid)
        return ofBid.length > 0 ? { [phase]: votes(ofBid) } : {}
      }
      const reason = reasons(rows.filter((r) => r.bidder === bid))
      return { expert, bid, ...of('qualification'), ...of('responsiveness'), reason }
    })
  })
}

/** Points of each member for each bid. */
export function scoreSheets(sheets: readonly Sheet[]): ScoreSheet[] {
  return sheets
    .filter((s) => s.phase === 'scoring')
    .flatMap((s) =>
      biddersOf(s.rows).map((bid) => ({
        expert: s.member,
        bid,
        scores: Object.fromEntries(
          s.rows.filter((r) => r.bidder === bid).map((r) => [r.item, r.points ?? '']),
        ),
      })),
    )
}

/** The purchaser's or agency's review of qualification, as the rules take it. */
export function purchaserReviews(rows: readonly SheetRow[]): PurchaserReview[] {
  return biddersOf(rows).map((bid) => {
    const ofBid = rows.filter((r) => r.bidder === bid)
    return { bid, qualification: votes(ofBid), reason: reasons(ofBid) }
  })
}

/** What the members' votes of one phase decide: more than half of all against an item rejects. */
export function phaseResult(
  scheme: LotScheme,
  phase: 'qualification' | 'responsiveness',
  members: readonly string[],
  bidders: readonly string[],
  sheets: readonly Sheet[],
): GroupResult {
  const own = reviewSheets(sheets.filter((s) => s.phase === phase))
  return committeeGroup(scheme.regime, phase, scheme[phase], members, bidders, own)
}

/** Bidders as the law counts them: bids of one brand are one where the document says so. */
export function effectiveBidders(
  scheme: LotScheme,
  bids: readonly BidFacts[],
  left: readonly string[],
): number {
  if (!scheme.scoring.sameBrand) return left.length
  const rows = bids.map((b) => ({
    bid: b.id,
    brand: b.brand,
    priceFen: b.priceFen,
    passed: left.includes(b.id),
  }))
  return sameBrand(rows, 'lowestPrice').effectiveBidders
}

/** base64url SHA-256 of a value's canonical bytes: names a motion, and the report that is signed. */
export function digestOfValue(value: unknown): string {
  return b64u(sha256(canonicalBytes(value)))
}
