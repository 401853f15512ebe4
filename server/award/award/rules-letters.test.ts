import { describe, expect, test } from 'vitest'
import { builtInCalendar as cal, endOfDay, instantAt } from '../../kernel/calendar.ts'
import { addresseesOf, awardLetter, loserLetter } from './rules-letters.ts'

const report = instantAt('2026-03-26', '17:00')
const winner = {
  ...{ bidder: 'C', priceFen: 252_000_000, rank: 1, total: '87.77', deliveryDays: 30 },
}
const loser = { bidder: 'B', rank: 2, total: '85.57' }

test('the winner is told the price in words, its own time of delivery, and the limit to sign', () => {
  expect(awardLetter(winner, report, cal)).toEqual({
    kind: 'award',
    to: 'C',
    priceFen: 252_000_000,
    words: '贰佰伍拾贰万元整',
    deliveryDays: 30,
    total: '87.77',
    rank: 1,
    signUntil: { at: endOfDay('2026-04-27'), missingYears: [] },
  })
  expect(awardLetter({ ...winner, correctedFen: 251_999_000 }, report, cal).priceFen).toBe(
    251_999_000,
  )
})

test.each([
  ['governmentProcurement', 'challenge'],
  ['tender', 'objection'],
] as const)('a loser is told its own score, rank and reason (%s)', (regime, remedy) => {
  expect(loserLetter(regime, loser, winner)).toEqual({
    kind: 'notAwarded',
    to: 'B',
    winner: 'C',
    winnerPriceFen: 252_000_000,
    total: '85.57',
    rank: 2,
    reason: { kind: 'ranked' },
    remedy,
  })
})

describe('the reason is the one that holds', () => {
  const reasonOf = (more: object) => loserLetter('tender', { ...loser, ...more }, winner).reason
  test.each([
    [{ rejectedFor: ['unqualified'] }, { kind: 'rejected', grounds: ['unqualified'] }],
    [
      { failure: { how: 'cancelled', ground: 'offence' } },
      { kind: 'cancelled', ground: 'offence' },
    ],
    [
      { failure: { how: 'passedOver', ground: 'gaveUp' }, isRevoked: true },
      { kind: 'passedOver', ground: 'gaveUp' },
    ],
    [{ isRevoked: true }, { kind: 'revoked' }],
    [
      { notOpened: { problem: 'key-not-released', fault: 'bidder' } },
      { kind: 'notOpened', problem: 'key-not-released', fault: 'bidder' },
    ],
    [{ rejectedFor: [] }, { kind: 'ranked' }],
  ])('%j', (more, reason) => expect(reasonOf(more)).toEqual(reason))
})

test('everyone who bid has a letter: the ranked first, then the rejected, then the unopened', () => {
  const rows = [
    { party: 'A', outcome: 'notOpened' },
    { party: 'B', outcome: 'opened' },
    { party: 'C', outcome: 'opened' },
    { party: 'D', outcome: 'opened' },
  ] as const
  const ranking = [
    { bidder: 'C', rank: 1 },
    { bidder: 'B', rank: 2 },
  ]
  expect(addresseesOf(rows, ranking)).toEqual([
    { bidder: 'C', rank: 1, isOpened: true },
    { bidder: 'B', rank: 2, isOpened: true },
    { bidder: 'D', rank: null, isOpened: true },
    { bidder: 'A', rank: null, isOpened: false },
  ])
})
