import { type Change, type LimitId, limitOf } from './limits-data.ts'

/** Rules that compare fields of the document with one another rather than with a limit of §4. */
export type FieldRule =
  | 'openingAtDeadline'
  | 'documentBeforeDeadline'
  | 'deadlineOnWorkingDay'
  | 'deadlineAfterNotice'
  | 'validityAfterDeadline'
  | 'yearNotLoaded'
  | 'openTenderOnly'
  | 'ceilingWithinBudget'
  | 'ceilingNeeded'
  | 'weightsSum'
  | 'priceFormulaGp'
  | 'qualificationMissingGp'
  | 'itemsNotScored'
  | 'tieBreakOpen'
  | 'scoreBeyondStep'
  | 'kCandidatesRepeated'
  | 'quotationFitsFormula'

/** Something in a plan or a document that the law doesn't allow as it stands. */
export interface Finding {
  readonly rule: LimitId | FieldRule
  /** Article, as abbreviated in `domain.md`. */
  readonly source: string
  readonly zh: string
  readonly en: string
  /** Names of the fields that disagree, both of them. */
  readonly fields: readonly string[]
  /** Of a calendar that is not loaded. */
  readonly year?: number
  /** The earliest lawful value that is offered: an instant, or a whole number. */
  readonly earliest?: string
  /** The most, or the least, that is lawful, as exact text. */
  readonly lawful?: string
  /** Who may depart from the rule in this way; `none`: it can't be waived. */
  readonly change: Change
}

/**
 * The rule that a finding breaks. A limit that may be made longer, or lower, is broken the other way:
 * whoever may change it, nobody may waive that.
 */
export function lawOf(rule: LimitId): Pick<Finding, 'rule' | 'source' | 'change'> {
  return { rule, source: limitOf(rule).source, change: 'none' }
}
