import { describe, expect, test } from 'vitest'
import { reseated, widening } from '../../experts/draw/rules-seats.ts'
import type { Trade } from '../../trade.ts'
import { evaluationFacts } from './rules-facts.ts'

/** Five experts of one stratum, drawn in this order; two of them sit. */
const order = ['m1', 'm2', 'm3', 'm4', 'm5']
const calledAt = '2026-03-25T01:00:00.000Z'
const seat = (expert: string, status = 'accepted') => ({ stratum: 's', expert, status, calledAt })
const pool = order.map((id) => ({ id, employer: `of ${id}`, specialty: 'A08', region: '371300' }))
const stratum = { key: 's', specialty: null, region: null, count: 2 }
const draw = {
  stage: 'complete',
  lot: 'P-1',
  plan: { pool },
  perEmployer: 1,
  seed: 'ab'.repeat(32),
  recused: [],
  gone: [] as string[],
  drawn: [{ stratum, label: 'l', order, selected: ['m1', 'm2'], passedOver: [], missing: 0 }],
  seats: [seat('m1'), seat('m2')],
  representatives: 1,
  named: [{ id: 'r1', mandate: 'letter' }],
  checkedIn: [],
}
const members = (...ids: string[]) =>
  ids.map((id) => ({ id, represents: id.startsWith('r') ? 'purchaser' : 'pool' }))

function whoFollows(member: string, evaluation: object, drawNow: object = draw): string | null {
  const trade = {
    id: 'P',
    now: '2026-03-25T02:00:00.000Z',
    project: { stage: 'none' },
    session: { stage: 'scheduled' },
    lots: new Map(),
    draws: new Map([['P-1', drawNow]]),
    evaluations: new Map([['P-1', evaluation]]),
  } as unknown as Trade
  return evaluationFacts(trade, 'P-1').replacementOf(member)
}

describe('who takes the seat of a member who leaves', () => {
  const seated = { members: members('m1', 'm2', 'r1'), replaced: [] }
  test('the first of the reserve', () => expect(whoFollows('m1', seated)).toBe('m3'))
  test('a representative’s, one newly named, never an expert', () => {
    expect(whoFollows('r1', seated)).toBeNull()
    const named = [{ id: 'r2', mandate: 'letter' }]
    expect(whoFollows('r1', seated, { ...draw, named })).toBe('r2')
  })
  test('two who leave at once get two, though the draw has not heard of the first', () => {
    const replaced = [{ leaves: 'm1', by: 'm3', ground: 'health' }]
    const working = { members: members('m3', 'm2', 'r1'), replaced }
    expect(whoFollows('m2', working)).toBe('m4')
  })
  test('where the reserve is empty, the first whom the draw calls from a wider circle', () => {
    const here = { key: '*/371300', specialty: null, region: '371300', count: 2 }
    const [m4, m5] = pool.slice(3).map((e) => ({ ...e, region: '370100' }))
    const narrow = {
      ...draw,
      plan: { pool: [...pool.slice(0, 2), m4, m5] },
      drawn: [{ ...draw.drawn[0], stratum: here, order: ['m1', 'm2'] }],
      seats: [seat('m1'), seat('m2')].map((one) => ({ ...one, stratum: here.key })),
    }
    const found = whoFollows('m1', seated, narrow)
    expect(['m4', 'm5']).toContain(found)
    // What the draw then does: the seat falls vacant, and is filled from any region.
    const vacant = {
      ...narrow,
      drawId: 'P-1',
      pool: narrow.plan.pool,
      gone: ['m1'],
      seats: reseated(narrow.seats as never, 'm1', null, calledAt),
    }
    expect(widening(vacant as never)?.selected).toEqual([found])
    const nowhere = { ...narrow, plan: { pool: pool.slice(0, 2) } }
    expect(whoFollows('m1', seated, nowhere)).toBeNull()
  })
  test('of one who was called and declined, whom the draw has called since', () => {
    const replaced = [{ leaves: 'm1', by: 'm3', ground: 'health' }]
    const working = { members: members('m3', 'm2', 'r1'), replaced }
    const seats = [seat('m4', 'called'), seat('m2')]
    const now = { ...draw, seats, gone: ['m1', 'm3'] }
    expect(whoFollows('m3', working, now)).toBe('m4')
    const vacant = [{ ...seat('m1', 'vacant'), expert: null }, seat('m2')]
    expect(whoFollows('m3', working, { ...now, seats: vacant })).toBeNull()
  })
})
