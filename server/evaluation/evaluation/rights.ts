import type { FileRole } from '../../sealing/index.ts'
import type { Trade } from '../../trade.ts'

/** Who may see what of an evaluation, after `domain.md` §2; the table of operations says who may ask. */
export interface Rights {
  /** The committee's work: progress, motions, requests, report. */
  readonly work: boolean
  /** Who sits. */
  readonly names: boolean
  /** Sheets before all of a phase are in. */
  readonly sheetsAtOnce: boolean
  /** Opened bids beyond the opening sheet. */
  readonly files: readonly FileRole[]
  /** The review of qualification by purchaser or agency. */
  readonly review: boolean
}

const allRoles: readonly FileRole[] = [
  'letter',
  'qualification',
  'business',
  'technical',
  'price',
  'other',
]

export function rightsOf(trade: Trade, lot: string, roles: ReadonlySet<string>): Rights {
  const evaluation = trade.evaluations.get(lot)
  const isReported = evaluation?.stage === 'reported'
  const isOver = isReported || evaluation?.stage === 'failed'
  const isParty = roles.has('Pu') || roles.has('Ag')
  const isInside = roles.has('Ex') || roles.has('Re')
  const stage = trade.lots.get(lot)?.stage
  // Until it is signed the review of qualification, and its files, are purchaser's and agency's alone.
  const isUnderReview = stage === 'qualifying' && (evaluation?.stage ?? 'none') === 'none'
  const isReviewing = isParty && stage === 'qualifying' && trade.session.stage === 'closed'
  // A regulator looks, with a reason, once the opening is over; a committee has not met before.
  const isOpened = !['none', 'tendering', 'opening'].includes(stage ?? 'none')
  return {
    work: isInside || (isParty && isOver),
    names: isInside || roles.has('Ce') || (isParty && isReported),
    sheetsAtOnce: roles.has('Re'),
    files:
      isInside || (isParty && isOver)
        ? allRoles
            .filter(() => isOpened)
            .filter((role) => !isUnderReview || role !== 'qualification')
        : isReviewing
          ? ['qualification']
          : [],
    review: isParty || isInside,
  }
}
