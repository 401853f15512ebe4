import {
  addDays,
  addMs,
  beijingDate,
  beijingTimeOfDay,
  type Calendar,
  daysBetween,
  endOfDay,
  formatLimit,
  instantAt,
  isWorkingDay,
  lastDay,
  rollForward,
} from '../../kernel/calendar.ts'
import type { Category, ObjectKind, Regime } from './document.ts'
import { regimeOf } from './document.ts'
import { type Finding, lawOf } from './finding.ts'
import { type LimitId, periodOf, wholeLimit } from './limits-data.ts'

/**
 * Times of a tender: derived from the document's numbers of days, and checked against the law. Every
 * limit is an instant that is itself too late. What is found is told, all of it, with the article,
 * both fields and the earliest lawful value; the page offers it and the purchaser may waive only
 * where `change` lets him.
 * @source 招标投标法 art. 23, 24; 招标投标法实施条例 art. 16, 21, 22, 25, 54; 政府采购法 art. 35;
 * 政府采购法实施条例 art. 31
 */

/** The times of one project, instants. */
export interface TimePlan {
  readonly regime: Regime
  /** Publication of the notice and start of issuing the document. */
  readonly noticeAt: string
  readonly documentUntil: string
  readonly submissionDeadline: string
  readonly openingAt: string
  readonly validityUntil: string
  readonly publicityDays: number
}

/** The last day a limit leaves: 24:00 of a day belongs to that day. */
export function lastDayOf(limit: string): string {
  return beijingDate(addMs(limit, -1))
}

/** Contract values from which a tender of a works project is mandatory, by what is bought. */
const mandatoryFrom: Readonly<Record<ObjectKind, LimitId>> = {
  works: 'mandatoryWorks',
  goods: 'mandatoryGoods',
  services: 'mandatoryServices',
}

/**
 * Whether nothing obliges the purchaser to tender: then he sets a reasonable time for the bids, and
 * states why.
 */
export function isVoluntaryTender(document: {
  readonly category: Category
  readonly objectKind: ObjectKind
  readonly budgetFen: number
}): boolean {
  const { category, objectKind, budgetFen } = document
  return regimeOf(category) === 'tender' && budgetFen < wholeLimit(mandatoryFrom[objectKind])
}

/** What is wrong with the times of a plan, all of it; an empty list is lawful. */
export function checkTimes(plan: TimePlan, calendar: Calendar, isVoluntary = false): Finding[] {
  return [
    ...documentPeriodFindings(plan, calendar),
    ...bidPeriodFindings(plan, calendar, isVoluntary),
    ...deadlineDayFindings(plan.submissionDeadline, calendar),
    ...publicityFindings(plan),
    ...orderFindings(plan),
  ]
}

function documentPeriodFindings(plan: TimePlan, calendar: Calendar): Finding[] {
  const rule: LimitId = plan.regime === 'tender' ? 'documentSalePeriod' : 'documentProvisionGp'
  const least = lastDay(calendar, beijingDate(plan.noticeAt), periodOf(rule))
  const { value, unit } = periodOf(rule)
  const days = unit === 'd' ? ['日', 'days'] : ['个工作日', 'working days']
  const findings = missingYears(least.missingYears, ['noticeAt', 'documentUntil'])
  if (lastDayOf(plan.documentUntil) < least.date)
    findings.push({
      ...lawOf(rule),
      zh: `招标文件发售（提供）期不得少于${value}${days[0]}`,
      en: `The document must be available for at least ${value} ${days[1]}`,
      fields: ['noticeAt', 'documentUntil'],
      earliest: endOfDay(least.date),
    })
  return findings
}

function bidPeriodFindings(plan: TimePlan, calendar: Calendar, isVoluntary: boolean): Finding[] {
  const issued = beijingDate(plan.noticeAt)
  const days = wholeLimit('bidPeriod')
  if (daysBetween(issued, beijingDate(plan.submissionDeadline)) >= days) return []
  const least = rollForward(calendar, addDays(issued, days))
  return [
    {
      ...lawOf('bidPeriod'),
      zh: `自招标文件发出之日起至投标截止不得少于${days}日`,
      en: `At least ${days} days from issuing the document to the deadline`,
      fields: ['noticeAt', 'submissionDeadline'],
      earliest: instantAt(least.date, beijingTimeOfDay(plan.submissionDeadline)),
      ...(isVoluntary ? { change: 'document' as const } : {}),
    },
  ]
}

/** A deadline is set on a working day, in a year whose calendar is loaded. */
export function deadlineDayFindings(deadline: string, calendar: Calendar): Finding[] {
  const due = beijingDate(deadline)
  const fields = ['submissionDeadline']
  const worked = isWorkingDay(calendar, due)
  if (typeof worked === 'object') return missingYears([worked.year], fields)
  if (worked) return []
  return [
    {
      rule: 'deadlineOnWorkingDay',
      source: 'CC 203',
      zh: '投标截止日为法定休息日，应顺延至下一工作日',
      en: 'The deadline is on a day off; it moves to the next working day',
      fields,
      earliest: instantAt(rollForward(calendar, due).date, beijingTimeOfDay(deadline)),
      change: 'none',
    },
  ]
}

export function publicityFindings(plan: Pick<TimePlan, 'regime' | 'publicityDays'>): Finding[] {
  const rule: LimitId = plan.regime === 'tender' ? 'candidatePublicity' : 'resultNoticePeriodGp'
  const { value, unit } = periodOf(rule)
  const isLawful =
    plan.regime === 'tender' ? plan.publicityDays >= value : plan.publicityDays === value
  if (isLawful) return []
  return [
    {
      ...lawOf(rule),
      zh:
        unit === 'd' ? `中标候选人公示期不得少于${value}日` : `中标结果公告期限为${value}个工作日`,
      en:
        unit === 'd'
          ? `Candidates are published for at least ${value} days`
          : `The result notice runs for ${value} working day`,
      fields: ['publicityDays'],
      lawful: String(value),
    },
  ]
}

function orderFindings(plan: TimePlan): Finding[] {
  const findings: Finding[] = []
  const add = (
    rule: Finding['rule'],
    source: string,
    fields: string[],
    zh: string,
    en: string,
    earliest: string,
  ) => findings.push({ rule, source, fields, zh, en, earliest, change: 'none' })
  if (plan.submissionDeadline <= plan.noticeAt)
    add(
      'deadlineAfterNotice',
      'TL 24',
      ['noticeAt', 'submissionDeadline'],
      '投标截止时间早于公告发布时间',
      'The deadline is before the notice',
      addMs(plan.noticeAt, 1),
    )
  if (plan.openingAt !== plan.submissionDeadline)
    add(
      'openingAtDeadline',
      'TL 34',
      ['openingAt', 'submissionDeadline'],
      '开标应当在投标截止时间的同一时间进行',
      'Bids are opened at the very time of the deadline',
      plan.submissionDeadline,
    )
  if (plan.documentUntil > plan.submissionDeadline)
    add(
      'documentBeforeDeadline',
      'TR 16, GR 31',
      ['documentUntil', 'submissionDeadline'],
      `文件获取截止（${formatLimit(plan.documentUntil)}）晚于投标截止`,
      `The document is offered until ${formatLimit(plan.documentUntil)}, after the deadline`,
      plan.submissionDeadline,
    )
  if (plan.validityUntil <= plan.submissionDeadline)
    add(
      'validityAfterDeadline',
      'TR 25',
      ['validityUntil', 'submissionDeadline'],
      '投标有效期自投标截止之日起算',
      'Bids are valid from the deadline on',
      endOfDay(addDays(beijingDate(plan.submissionDeadline), 1)),
    )
  return findings
}

/** The numbers of days in a tender document from which its times follow. */
export interface TimeTerms {
  readonly category: Category
  readonly documentDays: number
  readonly openAfterDays: number
  readonly publicityDays: number
  readonly lots: readonly { readonly validityDays: number }[]
}

/** The times that follow from a document published at `noticeAt`. */
export interface DerivedTimes extends TimePlan {
  /** Last moment to object to the document (tender regime). */
  readonly objectDocumentUntil: string
  /** From then on an amendment that may bear on bids moves the deadline. */
  readonly amendFreelyUntil: string
  /** By lot, in the document's order; `validityUntil` is the earliest of them. */
  readonly lotsValidUntil: readonly string[]
  /** Years that were needed and aren't loaded: the times are provisional. */
  readonly missingYears: readonly number[]
}

/** Of the times those that follow from the deadline, and move with it. */
export type DeadlineTimes = Pick<
  DerivedTimes,
  | 'submissionDeadline'
  | 'openingAt'
  | 'validityUntil'
  | 'objectDocumentUntil'
  | 'amendFreelyUntil'
  | 'lotsValidUntil'
>

/** Bids are valid from the deadline that stands, and objected to before it (TR 22, 25). */
export function timesOfDeadline(
  { lots }: Pick<TimeTerms, 'lots'>,
  submissionDeadline: string,
): DeadlineTimes {
  const due = beijingDate(submissionDeadline)
  const lotsValidUntil = lots.map((lot) => endOfDay(addDays(due, lot.validityDays)))
  return {
    submissionDeadline,
    openingAt: submissionDeadline,
    validityUntil: [...lotsValidUntil].sort()[0]!,
    objectDocumentUntil: endOfDay(addDays(due, -wholeLimit('objectDocument'))),
    amendFreelyUntil: endOfDay(addDays(due, -wholeLimit('amendBeforeDeadline'))),
    lotsValidUntil,
  }
}

/**
 * Times as `examples/README.md` "Time" has them. The document is available to the end of its last
 * day; the deadline is at the start's hour, on a day off the next working day; bids are valid to the
 * end of the last day.
 * @param atTime Beijing time of day of the deadline
 * @param chosen the deadline that was chosen in place of the one that follows
 */
export function deriveTimes(
  terms: TimeTerms,
  noticeAt: string,
  calendar: Calendar,
  atTime = '09:00',
  chosen: string | null = null,
): DerivedTimes {
  const regime = regimeOf(terms.category)
  const issued = beijingDate(noticeAt)
  const unit = regime === 'tender' ? 'd' : 'wd'
  const document = lastDay(calendar, issued, { value: terms.documentDays, unit })
  const due = lastDay(calendar, issued, { value: terms.openAfterDays, unit: 'd' }, 'rolled')
  const needed = [...document.missingYears, ...(chosen === null ? due.missingYears : [])]
  return {
    regime,
    noticeAt,
    documentUntil: endOfDay(document.date),
    publicityDays: terms.publicityDays,
    ...timesOfDeadline(terms, chosen ?? instantAt(due.date, atTime)),
    missingYears: [...new Set(needed)],
  }
}

/** End of the candidates' publicity, or of the result notice (GP), published at an instant. */
export function publicityEnd(
  regime: Regime,
  publicityDays: number,
  publishedAt: string,
  calendar: Calendar,
): Until {
  const unit = regime === 'tender' ? 'd' : 'wd'
  const period = { value: publicityDays, unit } as const
  const last = lastDay(calendar, beijingDate(publishedAt), period, 'rolled')
  return { at: endOfDay(last.date), missingYears: last.missingYears }
}

/**
 * The limit that a rule of §4 sets, counted from an event. Who is to act in calendar days may still
 * act on the next working day where the last one is a day off.
 */
export function limitUntil(rule: LimitId, from: string, calendar: Calendar): Until {
  const last = lastDay(calendar, beijingDate(from), periodOf(rule), 'rolled')
  return { at: endOfDay(last.date), missingYears: last.missingYears }
}

/** A limit, and the years that its counting needed and that aren't loaded: then it is provisional. */
export interface Until {
  readonly at: string
  readonly missingYears: readonly number[]
}

/** A date that is set needs its calendar year; an administrator loads it. */
function missingYears(years: readonly number[], fields: readonly string[]): Finding[] {
  return years.map((year) => ({
    rule: 'yearNotLoaded',
    year,
    source: 'CC 203',
    zh: `${year}年的工作日历尚未加载，请系统管理员加载国务院办公厅放假通知`,
    en: `The working-day calendar of ${year} is not loaded; a system administrator loads it`,
    fields,
    change: 'none',
  }))
}
