/**
 * Time limits and thresholds of the law (`domain.md` §4), a row each, as dated data: a trade keeps
 * the `ruleSetId` under which its notice was published, and later law doesn't reach back. Days are
 * `d` (calendar) or `wd` (working); money is fen; percents are decimal text.
 *
 * Marks: ✔ read in the text, ◐ read in a secondary source, ○ recalled: have a lawyer check first.
 * `change` says whether somebody may depart from the value, and which way; `none`: nobody.
 */
export const ruleSetId = 'cn-2026-03'

export type Unit = 'd' | 'wd' | 'min' | 's' | 'year' | 'count' | 'odd count' | '%' | 'share' | 'fen'

export type Change =
  | 'none'
  | 'longer'
  | 'sooner'
  | 'later'
  | 'lower'
  | 'higher'
  | 'more'
  | 'fewer'
  | 'larger'
  | 'consent'
  | 'document'
  | 'within'
  | 'local'
  | 'approved'
  | 'host'
  | 'urgent'

export type Mark = '✔' | '◐' | '○'
export type AppliesTo = 'tender' | 'gp' | 'both' | 'land' | 'auction' | 'property' | 'practice'

type Row = readonly [
  id: string,
  value: number | string,
  unit: Unit,
  regime: AppliesTo,
  startsFrom: string,
  source: string,
  mark: Mark,
  change: Change,
]

// biome-ignore format: a row a line, to be read beside domain.md §4
const rows = [
  ['documentSalePeriod', 5, 'd', 'tender', 'notice', 'TR 16', '✔', 'longer'],
  ['documentProvisionGp', 5, 'wd', 'gp', 'issue', 'GR 31', '✔', 'longer'],
  ['noticePeriodGp', 5, 'wd', 'gp', 'notice', 'M87 16', '○', 'none'],
  ['bidPeriod', 20, 'd', 'both', 'issue to deadline', 'TL 24, GL 35', '✔', 'longer'],
  ['prequalificationApply', 5, 'd', 'tender', 'end of sale', 'TR 17', '✔', 'longer'],
  ['amendBeforeDeadline', 15, 'd', 'both', 'before deadline', 'TL 23, TR 21, GR 31', '✔', 'none'],
  ['amendPrequalification', 3, 'd', 'tender', 'before its deadline', 'TR 21', '✔', 'none'],
  ['objectDocument', 10, 'd', 'tender', 'before deadline', 'TR 22', '✔', 'none'],
  ['objectPrequalification', 2, 'd', 'tender', 'before its deadline', 'TR 22', '✔', 'none'],
  ['answerObjection', 3, 'd', 'tender', 'receipt', 'TR 22, 54', '✔', 'none'],
  ['bondRate', '2', '%', 'both', 'of estimate (tender), budget (GP)', 'TR 26, GR 33', '✔', 'lower'],
  ['bondCap', 80_000_000, 'fen', 'tender', 'works and goods', 'R30 37', '○', 'lower'],
  ['bondCapSurvey', 10_000_000, 'fen', 'tender', 'survey and design', 'R30 37', '○', 'lower'],
  ['bondReturnWithdrawn', 5, 'd', 'tender', 'written withdrawal', 'TR 35', '✔', 'none'],
  ['bondReturnWithdrawnGp', 5, 'wd', 'gp', 'written withdrawal', 'M87 23', '○', 'none'],
  ['bondReturnTender', 5, 'd', 'tender', 'contract signed', 'TR 57', '✔', 'sooner'],
  ['bondReturnGpLosers', 5, 'wd', 'gp', 'award letter', 'GR 33', '✔', 'sooner'],
  ['bondReturnGpWinner', 5, 'wd', 'gp', 'contract', 'GR 33', '✔', 'sooner'],
  ['bidValidity', 90, 'd', 'both', 'deadline', 'TR 25', '✔', 'consent'],
  ['minBidders', 3, 'count', 'both', 'deadline', 'TR 44, M87 41', '✔', 'none'],
  ['minInvitees', 3, 'count', 'both', 'invitation', 'TL 17, GL 34', '✔', 'more'],
  ['committeeSize', 5, 'odd count', 'both', 'committee', 'TL 37, M87 47', '✔', 'larger'],
  ['committeeSizeLarge', 7, 'odd count', 'gp', 'from committeeLargeBudget', 'M87 47', '○', 'larger'],
  ['committeeLargeBudget', 1_000_000_000, 'fen', 'gp', 'budget', 'M87 47', '○', 'none'],
  ['expertShare', '2/3', 'share', 'both', 'committee', 'TL 37, GL 38, 40', '✔', 'more'],
  ['panelSize', 3, 'odd count', 'gp', 'panel', 'GL 38, 40', '✔', 'larger'],
  ['panelSizeLarge', 5, 'odd count', 'gp', 'panel above threshold', 'M74 7', '○', 'larger'],
  ['expertService', 8, 'year', 'both', 'in the field', 'TL 37', '✔', 'none'],
  ['expertDrawEarliest', 2, 'wd', 'gp', 'before evaluation', 'M198', '○', 'later'],
  ['recusalYears', 3, 'year', 'gp', 'employment, board, control', 'M198, GR 9', '✔', 'longer'],
  ['reportToPurchaserGp', 2, 'wd', 'gp', 'end of evaluation', 'GR 43', '✔', 'sooner'],
  ['purchaserDecideGp', 5, 'wd', 'gp', 'report', 'GR 43', '✔', 'sooner'],
  ['publishCandidates', 3, 'd', 'tender', 'receipt of report', 'TR 54', '✔', 'sooner'],
  ['candidatePublicity', 3, 'd', 'tender', 'start of publicity', 'TR 54', '✔', 'longer'],
  ['resultNoticeGp', 2, 'wd', 'gp', 'award decision', 'M87 69', '○', 'none'],
  ['resultNoticePeriodGp', 1, 'wd', 'gp', 'result notice', 'M87 69', '○', 'none'],
  ['candidatesMax', 3, 'count', 'both', 'ranking', 'TR 53', '✔', 'fewer'],
  ['reportToRegulator', 15, 'd', 'tender', 'winner determined', 'TL 47', '✔', 'sooner'],
  ['signContract', 30, 'd', 'both', 'award letter', 'TL 46, GL 46', '✔', 'sooner'],
  ['publishContractGp', 2, 'wd', 'gp', 'signing', 'GR 50', '✔', 'none'],
  ['fileContractGp', 7, 'wd', 'gp', 'signing', 'GL 47', '✔', 'sooner'],
  ['performanceBond', '10', '%', 'both', 'of contract', 'TR 58, GR 48', '✔', 'lower'],
  ['supplementaryGp', '10', '%', 'gp', 'of the original contract', 'GL 49', '✔', 'none'],
  ['additionSingleSource', '10', '%', 'gp', 'of the original contract', 'GL 31', '✔', 'none'],
  ['additionEmergency', '30', '%', 'gp', 'of the original contract', 'EP26', '◐', 'none'],
  ['complaintTender', 10, 'd', 'tender', 'knew or should have known', 'TR 60', '✔', 'none'],
  ['complaintAccept', 3, 'wd', 'tender', 'receipt', 'TR 61', '✔', 'none'],
  ['complaintDecide', 30, 'wd', 'both', 'acceptance / receipt (GP)', 'TR 61, GL 56', '✔', 'none'],
  ['questionReplyGp', 3, 'wd', 'gp', 'receipt', 'GR 52', '✔', 'sooner'],
  ['challengeGp', 7, 'wd', 'gp', 'document, stage or result period', 'GL 52, GR 53', '✔', 'none'],
  ['challengeReplyGp', 7, 'wd', 'gp', 'receipt', 'GL 53', '✔', 'sooner'],
  ['complaintGp', 15, 'wd', 'gp', 'end of reply period', 'GL 55', '✔', 'none'],
  ['complaintReviewGp', 5, 'wd', 'gp', 'receipt', 'M94 21', '○', 'none'],
  ['suspensionGp', 30, 'd', 'gp', 'order', 'M94 28', '○', 'none'],
  ['singleSourcePublicity', 5, 'wd', 'gp', 'above threshold', 'GR 38', '✔', 'longer'],
  ['negotiationPeriod', 3, 'wd', 'gp', 'document to first deadline', 'M74 29', '○', 'longer'],
  ['inquiryPeriod', 3, 'wd', 'gp', 'document to first deadline', 'M74 45', '○', 'longer'],
  ['consultationPeriod', 10, 'd', 'gp', 'document to first deadline', 'M214 10', '○', 'longer'],
  ['consultationProvision', 5, 'wd', 'gp', 'issue', 'M214 10', '○', 'longer'],
  ['consultationAmend', 5, 'd', 'gp', 'before the first deadline', 'M214 10', '○', 'longer'],
  ['gpIntention', 30, 'd', 'gp', 'intention before start', '财库〔2020〕10号', '○', 'urgent'],
  ['frameworkTermGoods', 1, 'year', 'gp', 'closed framework', 'M110', '○', 'approved'],
  ['frameworkTermServices', 2, 'year', 'gp', 'closed framework', 'M110', '○', 'approved'],
  ['frameworkElimination', '20', '%', 'gp', 'of qualified', 'M110', '○', 'more'],
  ['frameworkEliminationQuality', '40', '%', 'gp', 'of qualified', 'M110', '○', 'more'],
  ['archiveGp', 15, 'year', 'both', 'end of procurement', 'GL 42', '✔', 'longer'],
  ['mandatoryWorks', 400_000_000, 'fen', 'tender', 'contract', '发改委16号令', '○', 'none'],
  ['mandatoryGoods', 200_000_000, 'fen', 'tender', 'contract', '发改委16号令', '○', 'none'],
  ['mandatoryServices', 100_000_000, 'fen', 'tender', 'contract', '发改委16号令', '○', 'none'],
  ['gpOpenTender', 200_000_000, 'fen', 'gp', 'budget', '国办发〔2019〕55号', '○', 'local'],
  ['gpThresholdCentral', 100_000_000, 'fen', 'gp', 'budget', '国办发〔2019〕55号', '○', 'local'],
  ['gpThresholdProvince', 50_000_000, 'fen', 'gp', 'budget', '国办发〔2019〕55号', '○', 'local'],
  ['gpThresholdCity', 30_000_000, 'fen', 'gp', 'budget', '国办发〔2019〕55号', '○', 'local'],
  ['landNotice', 20, 'd', 'land', 'before start', 'L39 8', '○', 'longer'],
  ['landListing', 10, 'd', 'land', 'length', 'L39 18', '○', 'longer'],
  ['landReturn', 5, 'wd', 'land', 'deal', 'L39 21', '○', 'none'],
  ['landResult', 10, 'wd', 'land', 'deal', 'L39 22', '○', 'none'],
  ['landDeposit', '20', '%', 'land', 'of start price', 'local rule', '○', 'higher'],
  ['auctionNotice', 7, 'd', 'auction', 'before the auction', 'A 45', '✔', 'longer'],
  ['auctionShow', 2, 'd', 'auction', 'length', 'A 48', '✔', 'longer'],
  ['transferDisclosure', 20, 'wd', 'property', 'shares; assets ≥ 10 m yuan', 'S32', '○', 'longer'],
  ['transferDisclosureSmall', 10, 'wd', 'property', 'assets 1-10 m yuan', 'S32', '○', 'longer'],
  ['capitalDisclosure', 40, 'wd', 'property', 'capital increase', 'S32', '○', 'longer'],
  ['transferResult', 5, 'wd', 'property', 'publicity', 'S32', '○', 'longer'],
  ['decryptWindow', 30, 'min', 'practice', 'count check', 'practice', '○', 'host'],
  ['signInLead', 60, 'min', 'practice', 'before deadline', 'practice', '○', 'document'],
  ['confirmWindow', 10, 'min', 'practice', 'read out', 'practice', '○', 'document'],
  ['openingObjection', 10, 'min', 'practice', 'read out', 'practice', '○', 'document'],
  ['lowPriceMean', '50', '%', 'gp', 'of mean, strictly below', 'LP26', '◐', 'document'],
  ['lowPriceSecond', '50', '%', 'gp', 'of second lowest, strictly below', 'LP26', '◐', 'document'],
  ['lowPriceCeiling', '45', '%', 'gp', 'of ceiling, strictly below', 'LP26', '◐', 'document'],
  ['lowPriceMost', '65', '%', 'gp', 'what a document may raise these to', 'LP26', '◐', 'none'],
  ['lowPriceExplain', 30, 'min', 'gp', 'request of committee', 'LP26', '◐', 'longer'],
  ['signReport', 1440, 'min', 'practice', 'ranking; silence then agrees (TR 53)', 'platform rule', '○', 'none'],
  ['reportDiscussion', 1440, 'min', 'practice', 'a result came back (TR 53)', 'platform rule', '○', 'none'],
  ['correctionConfirm', 30, 'min', 'practice', 'correction proposed (M87 59)', 'platform rule', '○', 'longer'],
  ['outageLeast', 30, 's', 'practice', 'the log stood still; shorter is a restart', 'platform rule', '○', 'none'],
  ['outageAtDeadline', 5, 's', 'practice', 'the log stood still at the deadline', 'platform rule', '○', 'none'],
  ['outageBeforeDeadline', 120, 'min', 'practice', 'end of an outage to a deadline that moves', 'platform rule', '○', 'none'],
  ['hostAbsent', 15, 'min', 'practice', 'deadline; the witness goes on', 'platform rule', '○', 'none'],
  ['expertAnswer', 30, 'min', 'practice', 'call of a drawn expert', 'platform rule', '○', 'document'],
  ['drawParameters', 30, 'min', 'practice', 'seed of K or method, twice', 'platform rule', '○', 'none'],
  ['extensionWindow', 5, 'min', 'practice', 'auction, reverse auction', 'practice', '○', 'document'],
  ['priceWeightGoodsGp', '30', '%', 'gp', 'least', 'M87 55', '○', 'within'],
  ['priceWeightServicesGp', '10', '%', 'gp', 'least', 'M87 55', '○', 'within'],
  ['smallBusinessLeast', '10', '%', 'gp', 'goods, services', 'SME', '◐', 'document'],
  ['smallBusinessMost', '20', '%', 'gp', 'goods, services', 'SME', '◐', 'document'],
  ['smallBusinessWorksLeast', '3', '%', 'gp', 'works', 'SME', '◐', 'document'],
  ['smallBusinessWorksMost', '5', '%', 'gp', 'works', 'SME', '◐', 'document'],
  ['smallShareLeast', '4', '%', 'gp', 'joint venture with ≥ 30 % small', 'SME', '◐', 'document'],
  ['smallShareMost', '6', '%', 'gp', 'joint venture with ≥ 30 % small', 'SME', '◐', 'document'],
  ['domesticDeduction', '20', '%', 'gp', 'domestic beside other goods', 'DP25', '◐', 'none'],
] as const satisfies readonly Row[]

export type LimitId = (typeof rows)[number][0]

/** One row of the law, by name of field. */
export interface Limit {
  readonly id: LimitId
  readonly value: number | string
  readonly unit: Unit
  readonly regime: AppliesTo
  readonly startsFrom: string
  readonly source: string
  readonly mark: Mark
  readonly change: Change
}

export const limits: readonly Limit[] = rows.map(
  ([id, value, unit, regime, startsFrom, source, mark, change]) => ({
    id,
    value,
    unit,
    regime,
    startsFrom,
    source,
    mark,
    change,
  }),
)

const byId = new Map(limits.map((limit) => [limit.id, limit]))

/** The row of a rule. */
export function limitOf(id: LimitId): Limit {
  return byId.get(id)!
}

/** A whole number of days, minutes, persons or fen. @throws RangeError on a percent or share */
export function wholeLimit(id: LimitId): number {
  const { value } = limitOf(id)
  if (typeof value !== 'number') throw new RangeError(`${id} is not a whole number`)
  return value
}

/** A percent as decimal text. @throws RangeError on anything else */
export function percentLimit(id: LimitId): string {
  const { value, unit } = limitOf(id)
  if (typeof value !== 'string' || unit !== '%') throw new RangeError(`${id} is not a percent`)
  return value
}

/** Days of a rule with their unit, for `lastDay`. @throws RangeError on a rule that has no days */
export function periodOf(id: LimitId): { value: number; unit: 'd' | 'wd' } {
  const { unit } = limitOf(id)
  if (unit !== 'd' && unit !== 'wd') throw new RangeError(`${id} is not in days`)
  return { value: wholeLimit(id), unit }
}
