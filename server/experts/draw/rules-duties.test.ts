import { describe, expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { drawDuties } from './rules-duties.ts'

const lot = 'P-1'
const now = '2026-03-25T01:00:00.000Z'
const lists = { formula: 'benchmarkDrawnK', kCandidates: ['0.01', '0.02'] }
interface Wish {
  stage?: string
  price?: object
  draw?: object
  opening?: object
  evaluation?: object
}
const tradeOf = ({ stage = 'evaluating', price, draw, opening, evaluation }: Wish) =>
  ({
    id: 'P',
    now,
    project: {
      ...{ stage: 'published', purchaser: 'purchaser', agency: 'agency', bidDeadline: now },
      document: { scoring: { price: price ?? { formula: 'lowPriceFirst' } }, budgetFen: 1 },
    },
    lots: new Map([[lot, { stage }]]),
    draws: new Map(
      Object.entries({ [lot]: draw, 'P-0': opening }).filter(([, one]) => one !== undefined),
    ),
    evaluations: new Map(evaluation ? [[lot, evaluation]] : []),
  }) as unknown as Trade
const acts = (trade: Trade, role: string, party: string) =>
  drawDuties(trade, lot, { roles: new Set([role as never]), party, bids: new Map() }).map(
    (d) => d.act,
  )
const agency = (wish: Wish) => acts(tradeOf(wish), 'Ag', 'agency')
const purchaser = (wish: Wish) => acts(tradeOf(wish), 'Pu', 'purchaser')

const preparing = (nonceHashes: object, more: object = {}) => ({
  ...{ stage: 'preparing', lot, named: [], representatives: 0, candidates: {}, nonceHashes },
  ...more,
})

test('purchaser and agency commit one nonce: what one did the other is not asked for', () => {
  expect(agency({ draw: preparing({}) })).toEqual(['commit-nonce'])
  expect(agency({ draw: preparing({ purchaser: 'h' }) })).toEqual([])
  expect(agency({ draw: preparing({ purchaser: 'h', centre: 'h' }) })).toEqual(['commit-draw'])
  expect(acts(tradeOf({ draw: preparing({ purchaser: 'h' }) }), 'Ce', 'centre')).toEqual([
    'commit-nonce',
  ])
})

describe('the draw of K or method', () => {
  const wish = { stage: 'tendering', price: lists, draw: preparing({ agency: 'h' }) }
  const ofLists = (nonceHashes: object) =>
    preparing(nonceHashes, { lot: 'P-0', candidates: { k: ['0.01', '0.02'] } })
  test('is prepared, contributed to and committed, where the document has lists', () => {
    expect(agency(wish)).toEqual(['prepare-parameters'])
    expect(agency({ ...wish, price: undefined } as Wish)).toEqual([])
    expect(agency({ ...wish, opening: ofLists({}) })).toEqual(['commit-nonce'])
    expect(agency({ ...wish, opening: ofLists({ agency: 'h', centre: 'h' }) })).toEqual([
      'commit-draw',
    ])
    const other = preparing({ agency: 'h' }, { lot: 'P-0', candidates: { k: ['0.01'] } })
    expect(agency({ ...wish, opening: other })).toEqual(['prepare-parameters'])
  })
  test('is asked for no more once every lot has been opened or has ended', () => {
    for (const stage of ['failed', 'terminated', 'evaluating'])
      expect(agency({ ...wish, stage, opening: ofLists({}) })).toEqual([])
  })
})

test('the purchaser names another where a representative stood aside or was replaced', () => {
  const complete = (named: string[]) => ({
    ...preparing({}, { stage: 'complete', representatives: 1, seats: [], checkedIn: [] }),
    named: named.map((id) => ({ id })),
  })
  const members = [{ id: 'r1', represents: 'purchaser' }]
  const work = (more: object) => ({ stage: 'phase', members, declared: {}, ...more })
  expect(purchaser({ draw: complete(['r1']), evaluation: work({}) })).toEqual([])
  expect(purchaser({ draw: complete([]) })).toEqual(['name-representatives'])
  for (const more of [{ declared: { r1: ['kin'] } }, { leaving: [{ member: 'r1' }] }])
    expect(purchaser({ draw: complete(['r1']), evaluation: work(more) })).toEqual([
      'name-representatives',
    ])
  expect(purchaser({ stage: 'awarded', draw: complete([]) })).toEqual([])
})

test('the desk is asked to check in whoever sits and has not come, whoever came before him', () => {
  const seats = ['e1', 'e2'].map((expert) => ({ expert, status: 'accepted' }))
  const checkedIn = ['e1', 'gone'].map((member) => ({ member }))
  const draw = preparing({}, { stage: 'complete', seats, checkedIn })
  expect(acts(tradeOf({ draw }), 'Ce', 'centre')).toEqual(['check-in'])
  const all = preparing(
    {},
    { stage: 'complete', seats, checkedIn: [...checkedIn, { member: 'e2' }] },
  )
  expect(acts(tradeOf({ draw: all }), 'Ce', 'centre')).toEqual([])
})
