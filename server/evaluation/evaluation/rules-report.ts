import { tieOrder } from '../../experts/draw/rules.ts'
import type { CommitteeMember, Facts, RejectedRow, Working } from './decider.ts'
import type { LotResult, MotionRejection } from './outcome.ts'
import type { NotRejected } from './review.ts'
import { scoreLot } from './rules.ts'
import type { PriceCorrection } from './rules-corrections.ts'
import { pricedBids, standingBids } from './rules-revoked.ts'
import {
  digestOfValue,
  purchaserReviews,
  reviewSheets,
  type SheetRow,
  scoreSheets,
} from './rules-sheets.ts'

/**
 * The evaluation report 评标报告 as canonical JSON: what every member signs by its SHA-256. It holds
 * what the committee saw, decided and computed; who signed how comes with its submission.
 * @source 招标投标法实施条例 art. 53; 财政部令第87号 art. 58 ○
 */
export interface EvaluationReport {
  readonly v: 1
  readonly project: string
  readonly lot: string
  readonly regime: 'tender' | 'governmentProcurement'
  readonly members: readonly CommitteeMember[]
  readonly chair: string | null
  readonly replaced: Working['replaced']
  readonly openings: readonly { readonly bidder: string; readonly priceFen: number }[]
  readonly rejections: readonly RejectedRow[]
  readonly notRejected: readonly NotRejected[]
  readonly explanations: readonly {
    readonly bidder: string
    readonly about: string
    readonly question: string
    readonly answer: string | null
    readonly isAccepted: boolean
  }[]
  readonly scores: readonly {
    readonly member: string
    readonly bidder: string
    readonly points: Readonly<Record<string, string>>
  }[]
  readonly alarms: readonly {
    readonly kind: string
    readonly bidder: string
    readonly member: string | null
    readonly percent: string | null
    readonly confirmed: string | null
  }[]
  readonly corrections: readonly ReportCorrection[]
  /** Bids that were revoked after the opening; absent: none. */
  readonly revoked?: readonly { readonly bidder: string; readonly reason: string }[]
  readonly benchmarkFen: number | null
  readonly tieOrder: readonly string[]
  readonly ranking: LotResult['ranking']
  readonly candidates: readonly string[]
}

/** A corrected price as the report has it. */
export type ReportCorrection = Pick<
  PriceCorrection,
  'bidder' | 'openedFen' | 'correctedFen' | 'applied' | 'reason'
> & { readonly isConfirmed: boolean }

/** Rejections that the committee decided by motion, as the rules take them. */
function motionRejections(rejected: readonly RejectedRow[]): MotionRejection[] {
  return rejected
    .filter((row) => row.by === 'committee' && row.item === null)
    .map((row) => ({
      bid: row.bidder,
      at: row.phase === 'scoring' ? 'price' : row.phase,
      ground: row.ground,
      by: 'committee',
      ...(row.votes ? { votes: row.votes } : {}),
      reasons: row.reasons,
    }))
}

/** The arithmetic of the evaluation as it stands; the order of ties from the draw's seed. */
export function resultOf(s: Working, x: Facts): { result: LotResult; ties: string[] } | null {
  if (!x.scheme) return null
  const facts = {
    scheme: x.scheme,
    bids: standingBids(s, x.bids),
    // What offers no price moves no benchmark either.
    opened: pricedBids(s, x.bids).filter((bid) => bid.priceFen > 0),
    members: s.members.map((m) => m.id),
    reviews: reviewSheets(s.sheets),
    purchaserReviews: s.qualification ? purchaserReviews(s.qualification.rows) : [],
    sheets: scoreSheets(s.sheets),
    motions: motionRejections(s.rejected),
  }
  const first = scoreLot({ ...facts, drawn: x.parameters })
  const { seed } = x
  if (seed === null) return { result: first, ties: [] }
  // Bids that stay equal keep their rank; who of them comes first is drawn too (M87 68).
  const ties = first.ties.flatMap((tie) => tieOrder(seed, x.evaluationId, tie.rank, tie.bids))
  if (ties.length === 0) return { result: first, ties }
  return { result: scoreLot({ ...facts, drawn: { ...x.parameters, tieOrder: ties } }), ties }
}

/** The report of a ranked lot. */
export function reportOf(
  s: Working,
  x: Facts,
  result: LotResult,
  ties: readonly string[],
): EvaluationReport {
  return {
    v: 1,
    project: x.project,
    lot: x.evaluationId,
    regime: x.scheme?.regime ?? 'tender',
    members: s.members,
    chair: s.chair,
    replaced: s.replaced,
    openings: x.bids.map((b) => ({ bidder: b.id, priceFen: b.priceFen })),
    rejections: s.rejected,
    notRejected: result.notRejected,
    explanations: s.requests.map((r) => ({
      bidder: r.bidder,
      about: r.about,
      question: r.question,
      answer: r.answer?.text ?? null,
      isAccepted: r.isAccepted,
    })),
    scores: scoreSheets(s.sheets).map((row) => ({
      member: row.expert,
      bidder: row.bid,
      points: row.scores,
    })),
    alarms: s.alarms.map(({ kind, bidder, member, percent, confirmed }) => ({
      kind,
      bidder,
      member,
      percent,
      confirmed,
    })),
    corrections: s.corrections.map((c) => ({
      bidder: c.bidder,
      openedFen: c.openedFen,
      correctedFen: c.correctedFen,
      applied: c.applied,
      reason: c.reason,
      isConfirmed: c.answer?.isConfirmed ?? false,
    })),
    ...(s.revoked.length > 0
      ? { revoked: s.revoked.map(({ bidder, reason }) => ({ bidder, reason })) }
      : {}),
    benchmarkFen: result.benchmarkFen ?? null,
    tieOrder: ties,
    ranking: result.ranking,
    candidates: result.candidates,
  }
}

/** base64url SHA-256 of the report's canonical bytes: what members sign. */
export const reportDigest = (report: EvaluationReport): string => digestOfValue(report)

/** Items that fail in the purchaser's or agency's review. */
export const failingRows = (rows: readonly SheetRow[]) => rows.filter((row) => row.pass === false)
