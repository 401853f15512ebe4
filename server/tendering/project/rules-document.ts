import type { Calendar } from '../../kernel/calendar.ts'
import { formatYuan } from '../../kernel/money.ts'
import { Rational } from '../../kernel/rational.ts'
import type { ObjectKind, Regime, ScoringScheme, TenderDocument } from './document.ts'
import { regimeOf } from './document.ts'
import { hasPriceScore, type PriceFormula } from './document-price.ts'
import { type Finding, lawOf } from './finding.ts'
import { type LimitId, percentLimit, wholeLimit } from './limits-data.ts'
import { checkTimes, deriveTimes, isVoluntaryTender } from './rules.ts'
import { checkQuotationForms } from './rules-quotation.ts'

/**
 * What the law says about money, scoring and committee of a tender document. As with times, every
 * finding is told at once, with its article and the fields that disagree.
 * @source 招标投标法 art. 37; 招标投标法实施条例 art. 26, 27, 53; 政府采购法实施条例 art. 33;
 * 财政部令第87号 art. 47, 55 ○; 财库〔2020〕46号, 〔2022〕19号 ◐
 */

/** Everything that is wrong with a document whose notice is published at the instant. */
export function checkDocument(
  document: TenderDocument,
  noticeAt: string,
  calendar: Calendar,
  atTime?: string,
): Finding[] {
  const times = deriveTimes(document, noticeAt, calendar, atTime)
  return [
    ...checkTimes(times, calendar, isVoluntaryTender(document)),
    ...checkMethod(document),
    ...checkMoney(document),
    ...checkScoring(document),
    ...checkGpScoring(document),
  ]
}

/**
 * The greatest bid bond: 2 % of the estimate (tender) or budget (GP), rounded down to the fen; in
 * the tender regime no more than the cap, which is lower for survey and design.
 */
export function bondCeilingFen(
  regime: Regime,
  estimateFen: number,
  isSurveyOrDesign = false,
): number {
  const byRate = bondRateFen(estimateFen)
  if (regime === 'governmentProcurement') return byRate
  return Math.min(byRate, wholeLimit(isSurveyOrDesign ? 'bondCapSurvey' : 'bondCap'))
}

function bondRateFen(estimateFen: number): number {
  const rate = Rational.parse(percentLimit('bondRate')).dividedBy(Rational.of(100))
  return Rational.of(estimateFen).times(rate).floor().toInteger()
}

/** An invited tender goes to three or more by name: published to all it would be something else. */
export function checkMethod({ method }: Pick<TenderDocument, 'method'>): Finding[] {
  if (method === 'openTender') return []
  return [
    {
      rule: 'openTenderOnly',
      source: 'TL 17, GL 34',
      zh: '邀请招标应当向三家以上发出投标邀请书，本平台目前只办理公开招标',
      en: 'An invited tender invites three or more by name; only open tenders can be published here',
      fields: ['method'],
      lawful: 'openTender',
      change: 'none',
    },
  ]
}

/** Ceilings within the budget, given where the formula needs one; bonds within their ceiling. */
export function checkMoney(document: TenderDocument): Finding[] {
  const findings: Finding[] = []
  const regime = regimeOf(document.category)
  const total = document.lots.reduce((sum, lot) => sum + (lot.ceilingPriceFen ?? 0), 0)
  if (total > document.budgetFen)
    findings.push({
      rule: 'ceilingWithinBudget',
      source: regime === 'tender' ? 'TR 27' : 'M87 12',
      zh: `各标段（包）最高限价之和 ${formatYuan(total)} 元超过预算 ${formatYuan(document.budgetFen)} 元`,
      en: `The ceilings add up to ${formatYuan(total)}, above the budget`,
      fields: ['lots.ceilingPriceFen', 'budgetFen'],
      lawful: String(document.budgetFen),
      change: 'none',
    })
  const isNeeded = needsCeiling(document.scoring.price)
  // Lots without an estimate of their own share what the budget leaves them.
  const unlotted = Math.max(0, document.budgetFen - total)
  const sharing = document.lots.flatMap((lot, i) => (lot.ceilingPriceFen === undefined ? [i] : []))
  const bonds = sharing.reduce((sum, i) => sum + document.lots[i].bondFen, 0)
  const mostTogether = bondRateFen(unlotted)
  if (sharing.length > 1 && bonds > mostTogether)
    findings.push({
      ...lawOf('bondRate'),
      zh: `未单列最高限价的标段（包）投标保证金合计不得超过 ${formatYuan(mostTogether)} 元`,
      en: `Bonds of lots without a ceiling may be ${formatYuan(mostTogether)} yuan together`,
      fields: sharing.map((i) => `lots.${i}.bondFen`),
      lawful: String(mostTogether),
    })
  document.lots.forEach((lot, i) => {
    if (isNeeded && lot.ceilingPriceFen === undefined)
      findings.push({
        rule: 'ceilingNeeded',
        source: 'TR 27',
        zh: '评标办法使用最高限价，应当在公告中给出',
        en: 'The price formula uses the ceiling price, so it must be given',
        fields: [`lots.${i}.ceilingPriceFen`, 'scoring.price'],
        change: 'none',
      })
    const most = bondCeilingFen(regime, lot.ceilingPriceFen ?? unlotted)
    if (lot.bondFen > most)
      findings.push({
        ...lawOf('bondRate'),
        zh: `投标保证金不得超过 ${formatYuan(most)} 元`,
        en: `The bid bond may be ${formatYuan(most)} yuan at the most`,
        fields: [`lots.${i}.bondFen`, `lots.${i}.ceilingPriceFen`],
        lawful: String(most),
      })
  })
  return findings
}

function needsCeiling(price: PriceFormula): boolean {
  if (!('trim' in price)) return false
  const methods = 'methodCandidates' in price ? price.methodCandidates : [price.formula]
  const isRange = price.trim.kind === 'range' && price.trim.of === 'ceiling'
  return isRange || methods.includes('compositeBenchmark') || price.ceilingShare !== undefined
}

/** Weights sum to the total, steps divide the maxima, at most three candidates, ties are decided. */
export function checkScoring(document: TenderDocument): Finding[] {
  const { scoring } = document
  const findings: Finding[] = []
  const own = (rule: Finding['rule'], zh: string, en: string, fields: string[], lawful?: string) =>
    findings.push({
      rule,
      source: 'M87 55, TL 40',
      zh,
      en,
      fields,
      change: 'none',
      ...(lawful ? { lawful } : {}),
    })
  if (hasPriceScore(scoring.price)) {
    const parts = [scoring.price.weight, ...scoring.items.map((item) => item.max)]
    const sum = Rational.sum(parts.map(Rational.parse))
    const total = Rational.parse(scoring.total)
    if (!sum.equals(total) || scoring.total !== '100')
      own(
        'weightsSum',
        `价格分与各评分项之和为 ${sum.toText()}，应为 100`,
        `Price and items add up to ${sum.toText()} points, not 100`,
        ['scoring.price.weight', 'scoring.items'],
        '100',
      )
  } else if (scoring.items.length > 0)
    own(
      'itemsNotScored',
      '最低价评审方法不设评分项',
      'A method that takes the lowest price scores no items',
      ['scoring.items', 'scoring.price.formula'],
    )
  if (!['draw', 'equalRank'].includes(scoring.tieBreak.at(-1)!))
    own(
      'tieBreakOpen',
      '并列处理规则应以抽签或并列结束',
      'The last tie-break decides or leaves equal',
      ['scoring.tieBreak'],
    )
  if (scoring.candidates > wholeLimit('candidatesMax'))
    findings.push({
      ...lawOf('candidatesMax'),
      zh: '推荐的候选人不得超过3个',
      en: 'At most three candidates are recommended',
      fields: ['scoring.candidates'],
      lawful: String(wholeLimit('candidatesMax')),
    })
  const ks = 'kCandidates' in scoring.price ? (scoring.price.kCandidates ?? []) : []
  if (new Set(ks.map((k) => Rational.parse(k).toText())).size !== ks.length)
    own('kCandidatesRepeated', '下浮系数备选值重复', 'A candidate for K is there twice', [
      'scoring.price.kCandidates',
    ])
  return [...findings, ...stepFindings(scoring), ...checkQuotationForms(document)]
}

/** Each maximum is reached by whole steps. */
function stepFindings({ items }: ScoringScheme): Finding[] {
  return items.flatMap((item, i): Finding[] => {
    const steps = Rational.parse(item.max).dividedBy(Rational.parse(item.step))
    if (steps.denominator === 1n) return []
    return [
      {
        rule: 'scoreBeyondStep',
        source: 'M87 55',
        zh: `评分项 ${item.id} 的满分不是步长的整数倍`,
        en: `The maximum of ${item.id} is not a multiple of its step`,
        fields: [`scoring.items.${i}.max`, `scoring.items.${i}.step`],
        change: 'none',
      },
    ]
  })
}

/** Government procurement: only low price first scores a price; weight and deduction in range. */
export function checkGpScoring(document: TenderDocument): Finding[] {
  if (regimeOf(document.category) === 'tender') return []
  const { price } = document.scoring
  const findings: Finding[] = []
  const allowed = ['lowPriceFirst', 'discountRate', 'lowestEvaluatedPrice']
  if (!allowed.includes(price.formula))
    findings.push({
      rule: 'priceFormulaGp',
      source: 'M87 55',
      zh: '政府采购综合评分的价格分只能采用低价优先法',
      en: 'In government procurement only low price first may score the price',
      fields: ['scoring.price.formula', 'category'],
      lawful: 'lowPriceFirst',
      change: 'none',
    })
  if (document.qualification.length === 0)
    findings.push({
      rule: 'qualificationMissingGp',
      source: 'GL 22, M87 44',
      zh: '政府采购应当列明供应商资格条件，至少一项，由采购人或代理机构审查',
      en: 'State at least one condition of qualification: purchaser or agency reviews it',
      fields: ['qualification', 'category'],
      change: 'none',
    })
  const least: Partial<Record<ObjectKind, LimitId>> = {
    goods: 'priceWeightGoodsGp',
    services: 'priceWeightServicesGp',
  }
  const rule = least[document.objectKind]
  if (rule && hasPriceScore(price) && isLess(price.weight, percentLimit(rule)))
    findings.push({
      ...lawOf(rule),
      zh: `价格分值占总分值的比重不得低于${percentLimit(rule)}%`,
      en: `The price must weigh at least ${percentLimit(rule)} %`,
      fields: ['scoring.price.weight', 'objectKind'],
      lawful: percentLimit(rule),
    })
  return [...findings, ...deductionFindings(document)]
}

function deductionFindings({ scoring, objectKind }: TenderDocument): Finding[] {
  const percent = scoring.price.smallBusinessDeductionPercent
  if (percent === undefined || Rational.parse(percent).sign() === 0) return []
  const isWorks = objectKind === 'works'
  const least = percentLimit(isWorks ? 'smallBusinessWorksLeast' : 'smallBusinessLeast')
  const most = percentLimit(isWorks ? 'smallBusinessWorksMost' : 'smallBusinessMost')
  if (!isLess(percent, least) && !isLess(most, percent)) return []
  return [
    {
      ...lawOf(isWorks ? 'smallBusinessWorksLeast' : 'smallBusinessLeast'),
      zh: `小微企业价格扣除比例应为 ${least}%–${most}%`,
      en: `The deduction for small and micro firms is ${least} to ${most} %`,
      fields: ['scoring.price.smallBusinessDeductionPercent', 'objectKind'],
      lawful: `${least}-${most}`,
    },
  ]
}

/** Least members of a committee: five, odd; GP from ten million yuan, or complex: seven. */
export function committeeSizeLeast(regime: Regime, budgetFen: number, isComplex = false): number {
  const isLarge = budgetFen >= wholeLimit('committeeLargeBudget') || isComplex
  return regime === 'governmentProcurement' && isLarge
    ? wholeLimit('committeeSizeLarge')
    : wholeLimit('committeeSize')
}

function isLess(a: string, b: string): boolean {
  return Rational.parse(a).isLess(Rational.parse(b))
}
