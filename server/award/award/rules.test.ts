import { describe, expect, test } from 'vitest'
import { builtInCalendar as cal, endOfDay, formatLimit, instantAt } from '../../kernel/calendar.ts'
import {
  afterSuspension,
  awardable,
  complaintUntil,
  contractPriceFen,
  limitsAfterAward,
  limitsAfterReport,
  objectionUntil,
  replyUntil,
} from './rules.ts'

const shown = (until: { at: string }) => formatLimit(until.at)
const report = instantAt('2026-03-26', '17:00')

describe('from the report to the contract', () => {
  test('candidates are published within 3 days; on a day off, the next working day', () => {
    const { decideUntil, isSilenceRankOne } = limitsAfterReport('tender', report, cal)
    expect(shown(decideUntil)).toBe('2026-03-30 24:00:00')
    expect(isSilenceRankOne).toBe(false)
  })

  test('in government procurement 5 working days of silence award rank 1', () => {
    const { decideUntil, isSilenceRankOne } = limitsAfterReport(
      'governmentProcurement',
      report,
      cal,
    )
    expect(shown(decideUntil)).toBe('2026-04-02 24:00:00')
    expect(isSilenceRankOne).toBe(true)
  })

  test('the contract is signed within 30 days of the letter, a GP result is published in 2 working days', () => {
    const limits = limitsAfterAward('governmentProcurement', report, cal)
    expect(shown(limits.signUntil)).toBe('2026-04-27 24:00:00')
    expect(shown(limits.resultNoticeUntil!)).toBe('2026-03-30 24:00:00')
    expect(limitsAfterAward('tender', report, cal).resultNoticeUntil).toBeUndefined()
  })

  test('rank 1 is awarded where the law obliges, the next one only when it fails', () => {
    const candidates = ['bid-8', 'bid-2', 'bid-7']
    expect(awardable(candidates, [], true)).toEqual(['bid-8'])
    expect(awardable(candidates, ['bid-8'], true)).toEqual(['bid-2'])
    expect(awardable(candidates, ['bid-2'], false)).toEqual(['bid-8', 'bid-7'])
    expect(awardable(candidates, candidates, true)).toEqual([])
  })

  test('the contract is at the bid price or the corrected one, never the evaluated one', () => {
    expect(contractPriceFen({ priceFen: 252000000 })).toBe(252000000)
    expect(contractPriceFen({ priceFen: 252000000, correctedFen: 251999000 })).toBe(251999000)
  })

  test('a limit stands still while the trade is suspended, unless it had passed', () => {
    const limit = endOfDay('2026-03-30')
    const [from, to] = [instantAt('2026-03-28', '09:00'), instantAt('2026-03-30', '09:00')]
    expect(formatLimit(afterSuspension(limit, from, to))).toBe('2026-04-01 24:00:00')
    expect(afterSuspension(from, from, to)).toBe(from)
    expect(() => afterSuspension(limit, to, from)).toThrow(RangeError)
  })
})

describe('objection, challenge, complaint', () => {
  test('tender: to the document 10 days before the deadline, to the result during publicity', () => {
    const deadline = instantAt('2026-03-24', '09:00')
    expect(shown(objectionUntil('tender', 'document', deadline, cal))).toBe('2026-03-14 24:00:00')
    const end = endOfDay('2026-03-30')
    expect(objectionUntil('tender', 'result', end, cal).at).toBe(end)
  })

  test('GP: 7 working days, counted from the last day of the result period', () => {
    const end = endOfDay('2026-03-30')
    expect(shown(objectionUntil('governmentProcurement', 'result', end, cal))).toBe(
      '2026-04-09 24:00:00',
    )
    const received = instantAt('2026-03-03', '10:00')
    expect(shown(objectionUntil('governmentProcurement', 'document', received, cal))).toBe(
      '2026-03-12 24:00:00',
    )
    // The document could be had to 9 March 24:00: that day is the one that does not count.
    expect(
      shown(objectionUntil('governmentProcurement', 'document', endOfDay('2026-03-09'), cal)),
    ).toBe('2026-03-18 24:00:00')
  })

  test('an objection is answered in 3 days, a challenge in 7 working days', () => {
    const received = instantAt('2026-03-27', '10:00')
    expect(shown(replyUntil('tender', received, cal))).toBe('2026-03-30 24:00:00')
    expect(shown(replyUntil('governmentProcurement', received, cal))).toBe('2026-04-08 24:00:00')
  })

  test('a complaint has 10 days, the time of the objection not counted', () => {
    const knew = instantAt('2026-03-20', '10:00')
    expect(shown(complaintUntil('tender', knew, cal))).toBe('2026-03-30 24:00:00')
    const objection = { filedAt: knew, answeredAt: instantAt('2026-03-23', '12:00') }
    expect(shown(complaintUntil('tender', knew, cal, objection))).toBe('2026-04-02 24:00:00')
  })

  test('GP: a complaint has 15 working days from the end of the reply period', () => {
    expect(shown(complaintUntil('governmentProcurement', endOfDay('2026-03-31'), cal))).toBe(
      '2026-04-22 24:00:00',
    )
  })

  test('a limit that reaches a year without a calendar is provisional', () => {
    const received = instantAt('2026-12-28', '10:00')
    expect(replyUntil('governmentProcurement', received, cal).missingYears).toEqual([2027])
  })
})
