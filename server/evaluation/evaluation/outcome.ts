import type { RejectionGround } from '../../tendering/project/document.ts'
import type { Alarm, SheetProblem } from './aggregate.ts'
import type { PriceProblem } from './benchmark.ts'
import type { Step } from './explain.ts'
import type { LowPriceReview } from './low-price.ts'
import type { Tie } from './ranking.ts'
import type { NotRejected, Rejection, ReviewProblem, Votes } from './review.ts'
import type { ScoredRow } from './score-rows.ts'

/**
 * What comes out of an evaluation, whole (`LotResult`) and as it is published. A lot that can't be
 * ranked says why by name; `waysOn` says what is lawful then.
 */

/** A rejection the committee decided by a motion, outside the sheets. */
export interface MotionRejection {
  readonly bid: string
  readonly at: 'qualification' | 'responsiveness' | 'blindTechnical' | 'business' | 'price'
  readonly ground: RejectionGround
  readonly by: 'committee'
  readonly votes?: Votes
  readonly reasons: readonly string[]
}

export type LotOutcome =
  | { readonly kind: 'ranked' }
  /** The lot fails by law: 流标, 废标. */
  | {
      readonly kind: 'failed'
      readonly reason: 'allRejected' | 'tooFewQualified' | 'tooFewResponsive'
    }
  /** Votes or points are missing or out of range: the phase can't close. */
  | { readonly kind: 'incomplete' }
  /** The formula has no answer for these bids; `waysOn` says what is lawful then. */
  | { readonly kind: 'undecided'; readonly reason: PriceProblem }

export interface LotResult {
  readonly outcome: LotOutcome
  readonly problems: readonly (ReviewProblem | SheetProblem)[]
  readonly rejected: readonly (Rejection | MotionRejection)[]
  readonly notRejected: readonly NotRejected[]
  /** Half up to the fen; only where the formula has a benchmark. */
  readonly benchmarkFen?: number
  /** Ranked rows with all that made them, best first. */
  readonly rows: readonly ScoredRow[]
  /** The rows as published. */
  readonly ranking: readonly RankingRow[]
  /** Bids recommended, best first, at most as many as the document says. */
  readonly candidates: readonly string[]
  /** Ties by `draw` must be drawn before the ranking may be recorded. */
  readonly ties: readonly Tie[]
  readonly alarms: readonly Alarm[]
  /** Prices that must be explained (government procurement). */
  readonly lowPrice?: LowPriceReview
  /** Fewer than three bids are left in the tender regime: the committee judges the competition. */
  readonly isCompetitionInDoubt: boolean
  readonly steps: readonly Step[]
}

export type RankingRow = Pick<
  ScoredRow,
  'bid' | 'evaluatedPriceFen' | 'priceScore' | 'itemsMean' | 'total' | 'rank'
>

/** What is lawful where a formula has no answer. */
export const waysOn: Record<PriceProblem, { zh: string; en: string }> = {
  'no-effective-bids': {
    zh: '没有有效报价：否决全部投标，重新招标',
    en: 'No effective price: all bids are rejected, tender again',
  },
  'benchmark-not-positive': {
    zh: '评标基准价不大于零：停止评标，按文件缺陷处理',
    en: 'The benchmark is not above zero: stop, the document is flawed',
  },
  'lowest-price-not-positive': {
    zh: '最低报价为零：先按无效投标或异常低价审查处理，再计算',
    en: 'The lowest price is zero: judge that bid (invalid, abnormally low) first',
  },
  'ceiling-missing': { zh: '公式所用最高限价缺失', en: 'The ceiling the formula uses is missing' },
  'k-not-drawn': { zh: '下浮系数尚未抽取', en: 'K has not been drawn' },
  'method-not-drawn': { zh: '评标方法尚未抽取', en: 'The method has not been drawn' },
}

/** A row without what only the parties may see. */
export function published(row: ScoredRow): RankingRow {
  const { bid, evaluatedPriceFen, priceScore, itemsMean, total, rank } = row
  return {
    bid,
    ...(evaluatedPriceFen === undefined ? {} : { evaluatedPriceFen }),
    ...(priceScore === undefined ? {} : { priceScore }),
    ...(itemsMean === undefined ? {} : { itemsMean }),
    ...(total === undefined ? {} : { total }),
    rank,
  }
}

/** The outcome in the form of `expected.json`. */
export function outcomeOf(result: LotResult) {
  return {
    rejected: result.rejected.flatMap((row) =>
      'item' in row
        ? [
            {
              bid: row.bid,
              at: row.at,
              item: row.item,
              ...(row.votes ? { votes: row.votes } : {}),
              by: row.by,
            },
          ]
        : [],
    ),
    ...(result.benchmarkFen === undefined ? {} : { benchmarkFen: result.benchmarkFen }),
    notRejected: result.notRejected,
    ranking: result.ranking,
    candidates: result.candidates,
  }
}

export function rejectionStep(row: Rejection | MotionRejection): Step {
  return {
    rule: row.ground,
    source: row.by === 'purchaser' ? 'M87 44' : 'TR 51, M87 63',
    bid: row.bid,
    zh: '否决投标（投标无效）',
    en: 'The bid is rejected',
    inputs: { at: row.at, ...('item' in row ? { item: row.item } : {}), ...votesText(row.votes) },
    result: 'rejected',
  }
}

export function notRejectedStep(row: NotRejected): Step {
  return {
    rule: 'majority',
    source: 'M87 61',
    bid: row.bid,
    zh: '反对票未过半数，不予否决',
    en: 'Not more than half against: not rejected',
    inputs: { item: row.item, ...votesText(row.votes) },
    result: 'passed',
  }
}

function votesText(votes: Votes | undefined): Record<string, string> {
  return votes ? { against: String(votes.against), for: String(votes.for) } : {}
}
