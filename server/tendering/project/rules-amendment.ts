import { canonicalize } from '../../formats/jcs.ts'
import type { TenderDocument } from './document.ts'
import { regimeOf } from './document.ts'
import type { Finding } from './finding.ts'
import { publicityFindings } from './rules.ts'

/**
 * What an amendment 修改 may say. It is judged as the document was, by what stands when it takes
 * effect: the days that ran from the notice are over or running, and are moved as a deadline is.
 * @source 招标投标法 art. 23; 招标投标法实施条例 art. 16, 21, 54; 财政部令第87号 art. 27, 69 ○
 */

/** Terms that were counted from the notice; an amendment of them would change nothing. */
const counted = ['documentDays', 'openAfterDays'] as const

/** Of the terms counted from the notice, those that differ, by name of field. */
export function countedTermsChanged(before: TenderDocument, after: TenderDocument): string[] {
  return counted.filter((term) => before[term] !== after[term])
}

/** What of the checked times an amended document can still break. */
export function amendedTimesFindings(document: TenderDocument): Finding[] {
  return publicityFindings({
    regime: regimeOf(document.category),
    publicityDays: document.publicityDays,
  })
}

/**
 * Whether a change may bear on how bids are made 可能影响投标文件编制: whatever a bid answers to or is
 * judged by. Names, the place and what comes after the opening don't.
 */
export function mayBearOnBids(before: TenderDocument, after: TenderDocument): boolean {
  return canonicalize(answeredBy(before)) !== canonicalize(answeredBy(after))
}

function answeredBy({ title, region, publicityDays, opening, lots, ...rest }: TenderDocument) {
  return { ...rest, lots: lots.map(({ title: _, ...terms }) => terms) }
}
