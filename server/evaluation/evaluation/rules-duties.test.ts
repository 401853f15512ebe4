import { describe, expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { factsOf } from './decider.kit.ts'
import { evaluationDuties } from './rules-duties.ts'

const lot = 'YG-20260302-TEST-1'
const now = '2026-03-25T01:00:00.000Z'
const request = { bidder: 'b', answer: null, until: '2026-03-25T02:00:00.000Z' }
const { scheme } = factsOf('tender')
const ids = ['e', 'f', 'g']

/** Sheets of a phase that cover these bids. */
const sheet = (member: string, phase: 'qualification' | 'scoring', bids: string[]) => ({
  member,
  phase,
  rows: bids.flatMap((bidder) =>
    (phase === 'scoring' ? ['t1', 'b1'] : ['q1']).map((item) => ({ bidder, item })),
  ),
})
/** A lot in whose evaluation one bidder is asked to explain a price, and three experts sit. */
const tradeAt = (stage: string, evaluation: object = {}, seats: object = {}) =>
  ({
    id: 'YG-20260302-TEST',
    now,
    session: { stage: 'closed', parameters: [], rows: [] },
    project: {
      stage: 'published',
      document: { ...scheme, category: 'works', lots: [{ id: 'lot-1' }], budgetFen: 200 },
    },
    lots: new Map([[lot, { stage }]]),
    draws: new Map([
      [
        lot,
        {
          ...{ stage: 'complete', lot, gone: [], named: [], representatives: 0, checkedIn: [] },
          seats: ids.map((expert) => ({ expert, status: 'accepted' })),
          ...seats,
        },
      ],
    ]),
    evaluations: new Map([
      [
        lot,
        {
          ...{ stage: 'phase', phase: 'scoring', phaseBids: ['A', 'B'], bidders: ['A', 'B'] },
          ...{ phases: ['scoring'], rejected: [], revoked: [], alarms: [], discussUntil: null },
          members: ids.map((id) => ({ id, represents: 'pool' })),
          ...{ chair: 'e', declared: { e: [], f: [], g: [] }, committed: ids },
          ...{ sheets: [], motions: {}, requests: [request], corrections: [] },
          ...evaluation,
        },
      ],
    ]),
  }) as unknown as Trade

const acts = (trade: Trade, party: string, roles: string[] = []) =>
  evaluationDuties(trade, lot, { roles: new Set(roles as never), party, bids: new Map() }).map(
    (d) => d.act,
  )

test('members and bidders are asked while the lot is evaluated, and no more once it ended', () => {
  const open = tradeAt('evaluating')
  expect([acts(open, 'e'), acts(open, 'b')]).toEqual([['hand-in-sheet'], ['explain-bid']])
  for (const stage of ['failed', 'terminated'])
    expect([acts(tradeAt(stage), 'e'), acts(tradeAt(stage), 'b')]).toEqual([[], []])
})

test('who has no seat that he accepted is asked for nothing: he is not to know whose project it is', () => {
  const members = ['e', 'f', 'h'].map((id) => ({ id, represents: 'pool' }))
  const seats = (status: string) => ({
    seats: [...ids.slice(0, 2), 'h'].map((expert) => ({
      expert,
      status: expert === 'h' ? status : 'accepted',
    })),
  })
  const of = (seated: object) => acts(tradeAt('evaluating', { members }, seated), 'h')
  expect(of(seats('accepted'))).toEqual(['sign-commitment'])
  expect(of(seats('called'))).toEqual([])
  // Declined, or silent: the seat is another's.
  expect(of({ gone: ['h'] })).toEqual([])
  const declared = { declared: { e: ['kin'] }, committed: [] }
  expect(acts(tradeAt('evaluating', declared), 'e')).toEqual([])
})

describe('while the committee works', () => {
  const full = ids.map((id) => sheet(id, 'scoring', ['A', 'B']))
  test('the chair closes a phase once every sheet is in', () => {
    const trade = tradeAt('evaluating', { sheets: full })
    expect([acts(trade, 'e'), acts(trade, 'f')]).toEqual([['close-phase'], []])
  })
  test('a sheet that does not cover a bid that came back is handed in again', () => {
    const sheets = ids.map((id) => sheet(id, 'scoring', ['A']))
    const trade = tradeAt('evaluating', { sheets })
    expect([acts(trade, 'e'), acts(trade, 'f')]).toEqual([['hand-in-sheet'], ['hand-in-sheet']])
  })
  test('a chair who left is elected anew, within the phase', () => {
    const open = { motion: { kind: 'electChair' }, outcome: 'open', votes: { f: true } }
    const trade = tradeAt('evaluating', { chair: null, sheets: full })
    expect(acts(trade, 'f')).toEqual(['elect-chair'])
    const voted = tradeAt('evaluating', { chair: null, sheets: full, motions: { k: open } })
    expect([acts(voted, 'f'), acts(voted, 'g')]).toEqual([[], ['elect-chair', 'vote-motion']])
  })
  test('with too few bids left nobody scores: the evaluation is failed by a motion', () => {
    const out = ['A', 'B'].map((bidder) => ({ bidder }))
    const trade = tradeAt('evaluating', { rejected: out })
    expect(acts(trade, 'f')).toEqual(['fail-evaluation'])
    const open = { motion: { kind: 'failEvaluation' }, outcome: 'open', votes: { f: true } }
    expect(acts(tradeAt('evaluating', { rejected: out, motions: { k: open } }), 'f')).toEqual([])
  })
  test('an objective item scored differently is mended by a sheet opened again', () => {
    const alarms = [{ kind: 'objective-differs', bidder: 'A', member: null, confirmed: null }]
    const trade = tradeAt('evaluating', { stage: 'aggregated', alarms })
    expect(acts(trade, 'f')).toEqual(['reopen-sheet'])
    const own = [{ kind: 'deviation', bidder: 'A', member: 'f', confirmed: null }]
    const far = tradeAt('evaluating', { stage: 'aggregated', alarms: own })
    expect([acts(far, 'f'), acts(far, 'g')]).toEqual([['confirm-score'], []])
  })
  test('a pause is ended by the chair, or the agency where there is none', () => {
    const trade = tradeAt('evaluating', { stage: 'paused' })
    expect(acts(trade, 'e')).toEqual(['resume-evaluation'])
    expect(acts(trade, 'f')).toEqual([])
    expect(acts(trade, 'agency', ['Ag'])).toEqual([])
    const chairless = tradeAt('evaluating', { stage: 'paused', chair: null })
    expect(acts(chairless, 'agency', ['Ag'])).toEqual(['resume-evaluation'])
  })
})

test('the report is signed in time, and submitted by the chair once silence is agreement', () => {
  const report = { stage: 'ranked', ranking: [], candidates: [], returned: [] }
  const ranked = (signUntil: string, signed: string[]) =>
    tradeAt('evaluating', {
      ...{ ...report, report: { rejections: [] }, signUntil },
      signatures: signed.map((member) => ({ member, how: 'agreed' })),
    })
  const open = ranked('2026-03-25T03:00:00.000Z', ['e'])
  expect([acts(open, 'e'), acts(open, 'f')]).toEqual([[], ['sign-report']])
  const over = ranked(now, ['e'])
  expect([acts(over, 'e'), acts(over, 'f')]).toEqual([['submit-report'], []])
})
