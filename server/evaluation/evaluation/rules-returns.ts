import { addMinutes } from '../../kernel/calendar.ts'
import type { Context } from '../../kernel/decider.ts'
import { wholeLimit } from '../../tendering/project/limits-data.ts'
import type { reopenGrounds } from './committee.ts'
import type { Facts, Ranked } from './decider.ts'
import { digestOfValue } from './rules-sheets.ts'

/**
 * How a result comes back before the committee. Where a majority dissents from the report it is not
 * the committee's: it goes back once for discussion, in which sheets open again on the four grounds
 * alone. What comes out unchanged stands, with every dissent in it: points are each member's own and
 * the total follows from the document, so nobody's vote may change a ranking. A purchaser who finds an
 * evident error of the four kinds sends the report back the same way.
 * @source 招标投标法实施条例 art. 53; 财政部令第87号 art. 61, 64 ○; 评标委员会和评标方法暂行规定 art. 43 ○;
 * 发改法规规〔2022〕1117号 ○
 */
type X = Context<Facts>

/** Names a result, whatever else the report tells. */
export const resultDigest = ({ ranking, candidates, report }: Ranked): string =>
  digestOfValue({ ranking, candidates, rejections: report.rejections })

const dissents = (s: Ranked) => s.signatures.filter((row) => row.how === 'dissent')

/** More than half of all members dissent: no more signature can change that. */
export const isDissented = (s: Ranked): boolean => dissents(s).length * 2 > s.members.length
/** Discussed already, and come out the same: its dissents are noted, it is not held up again. */
export const isDiscussed = (s: Ranked): boolean => s.returned.includes(resultDigest(s))

const discussUntil = (x: X): string => addMinutes(x.now, wholeLimit('reportDiscussion'))

export const returnCell = {
  unless: {
    'no-majority-dissent': (s: Ranked) => !isDissented(s),
    'report-discussed': isDiscussed,
  },
  then: {
    ReportReturned: (s: Ranked, _: unknown, x: X) => ({
      result: resultDigest(s),
      dissents: dissents(s).map(({ member, reason }) => ({ member, reason: reason ?? '' })),
      until: discussUntil(x),
    }),
  },
} as const

export interface Recheck {
  readonly ground: (typeof reopenGrounds)[number]
  readonly reason: string
}

/** The same committee takes its report up again, at the purchaser's word. */
export const recheckCell = {
  then: {
    RecheckBegan: (s: Ranked, c: Recheck, x: X) => ({
      result: resultDigest(s),
      ground: c.ground,
      reason: c.reason,
      until: discussUntil(x),
    }),
  },
} as const
