import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { given } from '../../../tests/kit/stories.ts'
import {
  aggregated,
  assembled,
  atQualification,
  atResponsiveness,
  bidders,
  factsOf,
  gp,
  member,
  members,
  next,
  type P,
  rankedBy,
  ready,
  rejectedRow,
  sheetOf,
  sheetRows,
  sheetsOfAll,
  stateOf,
  tender,
  vote,
  votedBy,
} from './decider.kit.ts'
import { type Command, evaluation, type Facts, type State, type Working } from './decider.ts'
import type { Motion } from './rules-motions.ts'
import { resultOf } from './rules-report.ts'

/** Stories of what changes a judged bid or a result: revoked, corrected, unpriced, returned. */
const chair = member('m1')
const three = ['m1', 'm2', 'm3']
const later = '2026-03-02T01:30:00.000Z'
const act = (stage: P[], command: Command, how: object): P[] => [
  ...stage,
  ...next(stage, command, how),
]

const revocation = {
  bidder: 'A',
  reason: 'r',
  revocation: 'x'.repeat(43),
  revokedAt: '2026-03-02T01:00:00.000Z',
}
const revoke: Command = { type: 'noteRevocation', ...revocation }
const noted: P = { type: 'RevocationNoted', ...revocation }
const waiting: P[] = [{ type: 'QualificationReviewed', rows: [], by: 'P', act: 'a' }]
const ranked: P[] = act(aggregated, { type: 'rank' }, { facts: tender })
const paused: P[] = [...aggregated, { type: 'EvaluationPaused', cause: 'c' }]

function revoked() {
  describe('a bid that its bidder revoked after the opening', () => {
    test('is noted at every stage before the report is submitted, once, and only if it was opened', () => {
      const stages = [[], waiting, assembled, ready, atQualification, aggregated, ranked, paused]
      for (const past of stages) {
        given(evaluation, ...past)
          .when(revoke, { facts: tender })
          .then({ type: 'RevocationNoted', bidder: 'A' })
        given(evaluation, ...past, noted)
          .when(revoke, { facts: tender })
          .refused('revocation-noted')
        given(evaluation, ...past)
          .when({ ...revoke, bidder: 'Z' } as Command, { facts: tender })
          .refused('bid-not-in')
      }
    })
    test('that a ranking has left out is not noted again', () => {
      const gone = [...aggregated, noted]
      given(evaluation, ...act(gone, { type: 'rank' }, { facts: tender }))
        .when(revoke, { facts: tender })
        .refused('revocation-noted')
    })
    test('is before nobody any more: neither purchaser nor committee', () => {
      given(evaluation, noted)
        .when({ type: 'assembleCommittee' }, { facts: tender })
        .then({ type: 'CommitteeAssembled', bidders: ['B', 'C', 'D'] })
      given(evaluation, ...waiting, noted)
        .when({ type: 'assembleCommittee' }, { facts: gp })
        .then({ type: 'CommitteeAssembled', bidders: ['B', 'C', 'D'] })
      const qualifying = { ...gp, lotStage: 'qualifying' }
      given(evaluation, noted)
        .when(
          { type: 'submitQualificationReview', rows: sheetRows('qualification', ['B', 'C', 'D']) },
          { facts: qualifying },
        )
        .then({ type: 'QualificationReviewed' })
      given(evaluation, ...atQualification, noted)
        .when(
          {
            type: 'submitSheet',
            phase: 'qualification',
            rows: sheetRows('qualification', ['B', 'C', 'D']),
          },
          { facts: tender, actor: chair },
        )
        .then({ type: 'SheetSubmitted' })
    })
    test('is ranked no more; what was signed before is signed anew', () => {
      const back: P[] = [...ranked, { type: 'ReportSigned', member: 'm1', act: 'a' }, noted]
      expect(stateOf(back)).toMatchObject({ stage: 'aggregated' })
      const event = rankedBy(back, tender)
      expect(event.ranking.map((row) => row.bid)).toEqual(['B', 'C', 'D'])
      expect(event.report.revoked).toEqual([{ bidder: 'A', reason: 'r' }])
    })
    test('in government procurement leaves too few where fewer than three stay', () =>
      given(evaluation, ...aggregated, noted, {
        ...noted,
        bidder: 'B',
      } as P)
        .when({ type: 'rank' }, { facts: gp })
        .refused('too-few-left'))
    test('leaves what would have come out had it never been opened, whoever goes', () =>
      fc.assert(
        fc.property(fc.subarray(bidders, { maxLength: 3 }), (gone) => {
          const notes = gone.map(
            (bidder): P => ({ type: 'RevocationNoted', ...revocation, bidder }),
          )
          const left = stateOf([...aggregated, ...notes]) as Working & State
          const without = { ...tender, bids: tender.bids.filter((b) => !gone.includes(b.id)) }
          const never = stateOf(aggregated) as Working & State
          expect(resultOf(left, tender)).toEqual(resultOf(never, without))
        }),
      ))
    test('does not move a benchmark that is made of all opened prices', () => {
      const of = (benchmarkFrom: 'allOpened' | 'passedResponsiveness'): Facts => {
        const { scheme } = tender
        if (!scheme) throw new Error('no scheme')
        const price = {
          ...scheme.scoring.price,
          formula: 'benchmarkMean' as const,
          aboveDeductPerPercent: '1',
          belowDeductPerPercent: '1',
          minScore: '0',
          trim: { kind: 'none' as const },
          benchmarkFrom,
          rounding: { mode: 'halfUp' as const },
        }
        return { ...tender, scheme: { ...scheme, scoring: { ...scheme.scoring, price } } as never }
      }
      const benchmark = (facts: Facts, past: P[]) => rankedBy(past, facts).benchmarkFen
      const gone = [...aggregated, noted]
      expect(benchmark(of('allOpened'), aggregated)).toBe(165)
      expect(benchmark(of('allOpened'), gone)).toBe(165)
      expect(benchmark(of('passedResponsiveness'), gone)).toBe(170)
      const free = { ...of('allOpened'), bids: [{ id: 'A', priceFen: 0 }, ...tender.bids.slice(1)] }
      expect(benchmark(free, [...aggregated, rejectedRow('A')])).toBe(170)
    })
  })
}

const line = { item: 1, quantity: '2', unitPriceFen: 85, statedTotalFen: 150 }
const correct = {
  kind: 'correctPrice',
  id: 'c1',
  bidder: 'A',
  items: [line],
  wordsTotal: null,
  reason: 'the total is not the product',
  minutes: 30,
} as const satisfies Motion
const bidder = (id: string) => ({ party: id, capacity: 'authorisedSigner' }) as const

function corrected() {
  for (const past of [atQualification, aggregated])
    describe(`a corrected price, ${stateOf(past).stage}`, () => {
      const by = { facts: tender, actor: chair }
      const proposed = votedBy(past, correct, tender, three)
      const answer = (isConfirmed: boolean, correctedFen = 170): Command => ({
        type: 'answerCorrection',
        id: 'c1',
        correctedFen,
        isConfirmed,
      })
      const own = { facts: tender, actor: bidder('A') }
      test('is found by a majority, made by the rule, and told to its bidder', () => {
        expect(stateOf(proposed)).toMatchObject({
          corrections: [
            {
              openedFen: 150,
              correctedFen: 170,
              applied: ['unitPriceOverTotal'],
              until: later,
              answer: null,
            },
          ],
        })
        for (const [change, problem] of [
          [{ minutes: 29 }, 'confirmation-too-short'],
          [{ items: [{ ...line, statedTotalFen: 170 }], bidder: 'C' }, 'correction-none'],
          [
            { items: [{ ...line, quantity: '9'.repeat(15), unitPriceFen: 2 ** 52 }] },
            'correction-none',
          ],
          [{ items: [], wordsTotal: 'x' }, 'correction-none'],
          [{ bidder: 'Z' }, 'bid-not-in'],
        ] as const) {
          const { decision } = given(evaluation, ...past).when(
            vote({ ...correct, ...change } as Motion),
            by,
          )
          expect(decision).toMatchObject({ refused: problem })
        }
        given(evaluation, ...proposed)
          .when(vote({ ...correct, id: 'c2' }), by)
          .refused('corrected-already')
      })
      test('words beat figures in a tender; in government procurement the opening sheet stands', () => {
        const words: Motion = { ...correct, items: [], wordsTotal: '壹元柒角整' }
        given(evaluation, ...past)
          .when(vote(words), by)
          .then({ type: 'VoteCast' })
        given(evaluation, ...past)
          .when(vote(words), { ...by, facts: gp })
          .refused('correction-none')
      })
      test('that is over the ceiling, before or after, is rejected at once', () => {
        const over: Motion = { ...correct, items: [{ ...line, unitPriceFen: 105 }] }
        const [m1, m2, m3] = three
        const two = votedBy(past, over, tender, [m1, m2])
        given(evaluation, ...two)
          .when(vote(over), { facts: tender, actor: member(m3) })
          .then(
            { type: 'VoteCast' },
            { type: 'CorrectionProposed', correctedFen: 210 },
            { type: 'BidRejected', bidder: 'A', ground: 'aboveCeiling' },
          )
        const dear = factsOf('governmentProcurement', {
          bids: [{ id: 'A', priceFen: 250 }, ...gp.bids.slice(1)],
        })
        const lower: Motion = { ...correct, items: [{ ...line, statedTotalFen: 250 }] }
        const voted = votedBy(past, lower, dear, [m1, m2])
        given(evaluation, ...voted)
          .when(vote(lower), { facts: dear, actor: member(m3) })
          .then(
            { type: 'VoteCast' },
            { type: 'CorrectionProposed', correctedFen: 170 },
            { type: 'BidRejected', ground: 'aboveBudgetOrCeiling' },
          )
      })
      test('holds once its bidder confirms that very amount, in time', () => {
        given(evaluation, ...proposed)
          .when(answer(true), own)
          .then({ type: 'CorrectionAnswered', bidder: 'A', isConfirmed: true })
        given(evaluation, ...proposed)
          .when(answer(true, 160), own)
          .refused('correction-differs', { expectedFen: 170 })
        given(evaluation, ...proposed)
          .when(answer(true), { ...own, actor: bidder('B') })
          .refused('correction-unknown')
        given(evaluation, ...proposed)
          .when(answer(true), { ...own, now: later })
          .refused('explanation-late')
      })
      test('refused or let pass makes the bid invalid', () => {
        given(evaluation, ...proposed)
          .when(answer(false), own)
          .then(
            { type: 'CorrectionAnswered', isConfirmed: false },
            { type: 'BidRejected', bidder: 'A', ground: 'notResponsive' },
          )
        const lapse: Command = { type: 'lapseCorrection', id: 'c1' }
        given(evaluation, ...proposed)
          .when(lapse, { facts: gp })
          .refused('correction-waits', { limit: later })
        given(evaluation, ...proposed)
          .when(lapse, { facts: gp, now: later })
          .then(
            { type: 'CorrectionAnswered', isConfirmed: false, act: null },
            { type: 'BidRejected', bidder: 'A', ground: 'otherByDocument' },
          )
        given(evaluation, ...past)
          .when(lapse, { facts: tender })
          .refused('correction-unknown')
      })
    })
  test('nothing goes on while a corrected price waits; confirmed it is what ranks', () => {
    const closing = votedBy(
      [...atQualification, ...sheetsOfAll('qualification')],
      correct,
      tender,
      three,
    )
    given(evaluation, ...closing)
      .when({ type: 'closePhase' }, { facts: tender, actor: chair })
      .refused('correction-open')
    const proposed = votedBy(aggregated, correct, tender, three)
    given(evaluation, ...proposed)
      .when({ type: 'rank' }, { facts: tender })
      .refused('correction-open')
    const confirm: Command = {
      type: 'answerCorrection',
      id: 'c1',
      correctedFen: 170,
      isConfirmed: true,
    }
    const done = act(proposed, confirm, { facts: tender, actor: bidder('A') })
    const event = rankedBy(done, tender)
    expect(event.ranking[0]?.bid).toBe('B')
    expect(event.ranking.find((row) => row.bid === 'A')?.evaluatedPriceFen).toBe(170)
    expect(event.report.corrections).toMatchObject([
      { bidder: 'A', openedFen: 150, correctedFen: 170, isConfirmed: true },
    ])
    expect(event.report.openings[0]).toEqual({ bidder: 'A', priceFen: 150 })
  })
  test('a pause does not count against its bidder', () => {
    const proposed = votedBy(aggregated, correct, tender, three)
    const resumed: P[] = [
      ...proposed,
      { type: 'EvaluationPaused', cause: 'c' },
      { type: 'EvaluationResumed', pausedMs: 600_000 },
    ]
    expect(stateOf(resumed)).toMatchObject({
      corrections: [{ until: '2026-03-02T01:40:00.000Z' }],
    })
  })
}

function unpriced() {
  describe('a price of zero', () => {
    const free = (regime: 'tender' | 'governmentProcurement'): Facts =>
      factsOf(regime, { bids: [{ id: 'A', priceFen: 0 }, ...tender.bids.slice(1)] })
    test('is no offer: rejected when the last review closes, whatever the sheets say', () => {
      for (const [regime, ground] of [
        ['tender', 'notResponsive'],
        ['governmentProcurement', 'unacceptableCondition'],
      ] as const)
        given(evaluation, ...atResponsiveness, ...sheetsOfAll('responsiveness'))
          .when({ type: 'closePhase' }, { facts: free(regime), actor: chair })
          .then(
            { type: 'BidRejected', bidder: 'A', ground, by: 'committee', votes: null },
            { type: 'PhaseClosed', phase: 'responsiveness' },
          )
      given(evaluation, ...atQualification, ...sheetsOfAll('qualification'))
        .when({ type: 'closePhase' }, { facts: free('tender'), actor: chair })
        .then({ type: 'PhaseClosed', phase: 'qualification' })
    })
    test('is not rejected twice', () => {
      const sheets = members.map((m) =>
        sheetOf(
          m.id,
          'responsiveness',
          sheetRows('responsiveness', undefined, { against: ['A r1'] }),
        ),
      )
      given(evaluation, ...atResponsiveness, ...sheets)
        .when({ type: 'closePhase' }, { facts: free('tender'), actor: chair })
        .then({ type: 'BidRejected', item: 'r1' }, { type: 'PhaseClosed' })
    })
    test('a discount of everything is none either', () => {
      const { scheme } = gp
      if (!scheme) throw new Error('no scheme')
      const price = { formula: 'discountRate' as const, weight: '30' }
      const facts = factsOf('governmentProcurement', {
        scheme: { ...scheme, scoring: { ...scheme.scoring, price } },
        bids: tender.bids.map((b, i) => ({ ...b, discountPercent: i === 0 ? '100' : '10' })),
      })
      given(evaluation, ...atResponsiveness, ...sheetsOfAll('responsiveness'))
        .when({ type: 'closePhase' }, { facts, actor: chair })
        .then({ type: 'BidRejected', bidder: 'A' }, { type: 'PhaseClosed' })
    })
    test('goes out as the chair is elected where the document has no phase', () => {
      const facts = free('tender')
      const { scheme } = facts
      if (!scheme) throw new Error('no scheme')
      const scoring = {
        ...scheme.scoring,
        items: [],
        price: { formula: 'lowestEvaluatedPrice' as const, weight: '100' },
      }
      const bare = {
        ...facts,
        scheme: { ...scheme, qualification: [], responsiveness: [], scoring },
      }
      const elect: Motion = { kind: 'electChair', member: 'm1' }
      const two = votedBy(ready, elect, bare, ['m1', 'm2'])
      const three = act(two, vote(elect), { facts: bare, actor: member('m3') })
      expect(stateOf(three)).toMatchObject({ stage: 'aggregated', rejected: [{ bidder: 'A' }] })
      const event = rankedBy(three, bare)
      expect(event.ranking.map((row) => row.bid)).toEqual(['B', 'C', 'D'])
    })
    test('a document that gives no ranking ends the evaluation by the committee’s vote', () => {
      const flawed: Motion = { kind: 'failEvaluation', ground: 'documentFlawed', reason: 'r' }
      const none = factsOf('tender', { bids: tender.bids.map((b) => ({ ...b, priceFen: 0 })) })
      const failed = votedBy(aggregated, flawed, none, three)
      expect(stateOf(failed)).toMatchObject({ stage: 'failed', ground: 'documentFlawed' })
      for (const past of [atQualification, aggregated])
        given(evaluation, ...past)
          .when(vote(flawed), { facts: tender, actor: chair })
          .refused('failure-unlawful', { left: 4 })
    })
  })
}

const dissents = (ids: string[]): P[] =>
  ids.map((id) => ({ type: 'DissentRecorded', member: id, reason: `not ${id}`, act: 'a' }))
const until = '2026-03-03T01:00:00.000Z'

function returned() {
  describe('a report from which a majority dissents', () => {
    const back: Command = { type: 'returnReport' }
    const discussed = act([...ranked, ...dissents(three)], back, { facts: tender })
    test('goes back for discussion; a minority’s dissent is only noted', () => {
      given(evaluation, ...ranked, ...dissents(three))
        .when(back, { facts: tender })
        .then({ type: 'ReportReturned', until })
      given(evaluation, ...ranked, ...dissents(['m1', 'm2']))
        .when(back, { facts: tender })
        .refused('no-majority-dissent')
      expect(stateOf(discussed)).toMatchObject({ stage: 'aggregated', discussUntil: until })
    })
    test('is ranked again by the committee’s vote, or when the time is over', () => {
      given(evaluation, ...discussed)
        .when({ type: 'rank' }, { facts: tender })
        .refused('result-discussed', { limit: until })
      given(evaluation, ...discussed)
        .when({ type: 'rank' }, { facts: tender, now: until })
        .then({ type: 'BidsRanked' })
      const ended = votedBy(discussed, { kind: 'rankAgain' }, tender, three)
      given(evaluation, ...ended)
        .when({ type: 'rank' }, { facts: tender })
        .then({ type: 'BidsRanked' })
      given(evaluation, ...aggregated)
        .when(vote({ kind: 'rankAgain' }), { facts: tender, actor: chair })
        .refused('motion-not-now')
    })
    test('that comes out the same is submitted with the dissents in it', () => {
      const again = act(discussed, { type: 'rank' }, { facts: tender, now: until })
      const all = [...again, ...dissents(three)]
      given(evaluation, ...all)
        .when(back, { facts: tender })
        .refused('report-discussed')
      const signed: P[] = ['m4', 'r5'].map((id) => ({ type: 'ReportSigned', member: id, act: 'a' }))
      given(evaluation, ...all, ...signed)
        .when({ type: 'submitReport' }, { facts: tender, actor: chair })
        .then({ type: 'ReportSubmitted' })
    })
    test('that came out different may go back once more', () => {
      const reopen: Motion = { kind: 'reopenSheet', member: 'm2', ground: 'sumError', reason: 'r' }
      const opened = votedBy(discussed, reopen, tender, three)
      expect(stateOf(opened)).toMatchObject({ stage: 'phase', discussUntil: null })
      const rows = sheetRows('scoring', undefined, { points: { 'A t1': '7' } })
      const closed: P[] = [
        ...opened,
        sheetOf('m2', 'scoring', rows),
        { type: 'PhaseClosed', phase: 'scoring', notRejected: [], lowPrice: null },
      ]
      const other = act(closed, { type: 'rank' }, { facts: tender })
      given(evaluation, ...other, ...dissents(three))
        .when(back, { facts: tender })
        .then({ type: 'ReportReturned' })
    })
  })
  test('the purchaser’s re-check opens the result to the same committee', () => {
    const { report } = stateOf(ranked) as Extract<State, { stage: 'ranked' }>
    const reported: P[] = [
      ...ranked,
      { type: 'ReportSubmitted', reportSha256: 's', report, signatures: [] },
    ]
    const begin: Command = { type: 'beginRecheck', ground: 'sumError', reason: 'r' }
    given(evaluation, ...reported)
      .when(begin, { facts: tender })
      .then({ type: 'RecheckBegan', ground: 'sumError', until })
    expect(stateOf(act(reported, begin, { facts: tender }))).toMatchObject({
      stage: 'aggregated',
      discussUntil: until,
      rechecks: 1,
    })
  })
}

/** Registers every story; the walk of the table's cells counts them. */
export function tellChanges(): void {
  revoked()
  corrected()
  unpriced()
  returned()
}
