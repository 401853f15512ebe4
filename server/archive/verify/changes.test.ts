import { expect, test } from 'vitest'
import type { BagInfo } from './bag.ts'
import { checkCorrections } from './corrections.ts'
import type { BagEvent } from './events.ts'
import { Report } from './report.ts'
import { checkRevocations } from './revocations.ts'

/** What a verifier says of corrected prices and revoked bids, of events made by hand. */
const info = { trade: 'P', lot: 'P-1', kind: 'full' } as unknown as BagInfo
const event = (stream: string, type: string, data: object, party = 'system'): BagEvent =>
  ({ stream, version: 1, path: type, event: { stream, type, data, actor: { party } } }) as never

const proposed = {
  id: 'c1',
  bidder: 'A',
  items: [{ item: 1, quantity: '2', unitPriceFen: 85, statedTotalFen: 150 }],
  wordsTotal: null,
  openedFen: 150,
  correctedFen: 170,
}
const answered = { id: 'c1', bidder: 'A', isConfirmed: true, act: 'a' }
const ranking = [{ bidder: 'A', rank: 1, priceFen: 170, total: null, openedFen: 150 }]
const corrected = (change: object = {}, answer: object = {}, row: object = {}) => [
  event('evaluation:P-1', 'CorrectionProposed', { ...proposed, ...change }),
  event('evaluation:P-1', 'CorrectionAnswered', { ...answered, ...answer }),
  event('lot:P-1', 'LotEvaluated', { ranking: [{ ...ranking[0], ...row }] }),
]
const codesOf = (check: (report: Report) => void) => {
  const report = new Report()
  check(report)
  return report.findings.map((f) => f.code)
}
const correcting = (events: BagEvent[]) =>
  codesOf((report) => checkCorrections(info, events, report))

test('a corrected price is what its rule makes, and its bidder confirmed it', () => {
  const wrong = 'corrected-price-differs'
  expect(correcting(corrected())).toEqual([])
  expect(correcting(corrected({ correctedFen: 160 }, {}, { priceFen: 160 }))).toEqual([wrong])
  expect(correcting(corrected({}, { isConfirmed: false }))).toEqual([wrong])
  expect(correcting(corrected({}, {}, { priceFen: 175 }))).toEqual([wrong])
  expect(correcting(corrected().slice(2))).toEqual([wrong])
  const huge = [{ item: 1, quantity: '9'.repeat(15), unitPriceFen: 2 ** 52, statedTotalFen: 0 }]
  expect(correcting(corrected({ items: huge }))).toEqual([wrong])
})

test('words count in a tender, and nothing against the opening sheet in government procurement', () => {
  const words = { items: [], wordsTotal: '壹元柒角整' }
  expect(correcting(corrected(words))).toEqual([])
  const gp = event('lot:P-1', 'QualificationBegan', {})
  expect(correcting([...corrected(words), gp])).toEqual(['corrected-price-differs'])
})

test('where the committee’s work is withheld nothing is said of a correction', () => {
  const withheld = { stream: 'evaluation:P-1', version: 1, path: 'x', event: null } as never
  const report = new Report()
  checkCorrections(info, [withheld, ...corrected().slice(2)], report)
  expect(report.findings).toEqual([])
  expect(report.checks.find((c) => c.id === 'ranking')?.withheld).toBe(1)
})

test('a bid that fell out has the signed act of its own bidder', () => {
  const noted = { bidder: 'A', reason: 'r', revocation: 'sha', revokedAt: 't' }
  const act = event('bid:x', 'BidRevoked', { reason: 'r', act: 'sha' }, 'A')
  const passed = { bidder: 'A', ground: 'gaveUp', reason: 'r', evidence: 'sha', act: null }
  const revoking = (events: BagEvent[]) =>
    codesOf((report) => checkRevocations(info, events, report))
  for (const out of [
    event('evaluation:P-1', 'RevocationNoted', noted),
    event('lot:P-1', 'CandidatePassedOver', passed),
  ]) {
    expect(revoking([act, out])).toEqual([])
    expect(revoking([out])).toEqual(['revocation-unsigned'])
    const other = event('bid:x', 'BidRevoked', { reason: 'r', act: 'sha' }, 'B')
    expect(revoking([other, out])).toEqual(['revocation-unsigned'])
  }
  const byPurchaser = { ...passed, evidence: 'No. 7', act: 'signed' }
  expect(revoking([event('lot:P-1', 'CandidatePassedOver', byPurchaser)])).toEqual([])
})
