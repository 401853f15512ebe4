import { expect, test } from 'vitest'
import { type Role, rolesOf } from './access.ts'
import type { Viewer } from './kernel/viewer.ts'
import type { Platform } from './platform.ts'
import { rolesForEvent, standingOf } from './standing.ts'
import type { Trade } from './trade.ts'

/** What a seat gives, by what became of it: two lots of one trade, each with its own committee. */
const viewer = { party: 'x', person: 'x', capacity: 'expert', roles: ['expert'] } as never as Viewer
const seat = (status: string) => ({ expert: 'x', status })
interface Lot {
  seats?: object[]
  gone?: string[]
  named?: object[]
  members?: object[]
  work?: object
}
const draw = ({ seats = [], gone = [], named = [] }: Lot) => ({
  ...{ stage: 'complete', seats, gone, named },
})
const evaluation = ({ members = [{ id: 'x', represents: 'pool' }], work = {} }: Lot) => ({
  ...{ stage: 'phase', members, chair: 'x', declared: {} },
  ...work,
})
const tradeOf = (lots: Lot[]) =>
  ({
    id: 'P',
    project: { stage: 'published', id: 'P', document: { lots } },
    draws: new Map(lots.map((one, i) => [`P-${i + 1}`, draw(one)])),
    evaluations: new Map(lots.map((one, i) => [`P-${i + 1}`, evaluation(one)])),
  }) as unknown as Trade
const rolesIn = async (trade: Trade, lot?: string) => {
  const roles = rolesOf(viewer, trade, await standingOf({} as Platform, viewer, trade, lot))
  return (['Ex', 'Ch', 'Drawn'] as Role[]).filter((role) => roles.has(role))
}

test('an expert is a member with a seat that he accepted, and no more once he is off it', async () => {
  const of = (one: Lot) => rolesIn(tradeOf([one]), 'P-1')
  expect(await of({ seats: [seat('accepted')] })).toEqual(['Ex', 'Ch', 'Drawn'])
  // Called to a replaced member's seat; then declined, silent, or found recused at the desk.
  expect(await of({ seats: [seat('called')] })).toEqual(['Drawn'])
  expect(await of({ seats: [], gone: ['x'] })).toEqual([])
  expect(await of({ seats: [], gone: [] })).toEqual([])
  const declared = { work: { declared: { x: ['kin'] } } }
  expect(await of({ seats: [seat('accepted')], ...declared })).toEqual(['Drawn'])
})

test('a representative is one while the purchaser names him', async () => {
  const members = [{ id: 'x', represents: 'purchaser' }]
  const of = (one: Lot) => rolesIn(tradeOf([{ members, ...one }]), 'P-1')
  expect(await of({ named: [{ id: 'x' }] })).toEqual(['Ex', 'Ch', 'Drawn'])
  expect(await of({ named: [] })).toEqual([])
  expect(await of({ named: [{ id: 'y' }], gone: ['x'] })).toEqual([])
  const left = { work: { leaving: [{ member: 'x' }] } }
  expect(await of({ named: [{ id: 'x' }], ...left })).toEqual(['Drawn'])
})

test('a seat in one lot opens that lot’s events alone, and none of a dissolved committee', async () => {
  const own: Lot = {
    seats: [seat('accepted')],
    work: { former: { times: 1, recused: [], until: 7 } },
  }
  const trade = tradeOf([own, { members: [{ id: 'z', represents: 'pool' }] }])
  const roles = rolesOf(viewer, trade, await standingOf({} as Platform, viewer, trade, undefined))
  const of = (stream: string, version: number) =>
    [...rolesForEvent(roles, trade, { stream, version }, 'x')].filter((r) => r === 'Ex')
  expect(of('evaluation:P-1', 8)).toEqual(['Ex'])
  expect(of('evaluation:P-1', 7)).toEqual([])
  expect(of('draw:P-1', 7)).toEqual(['Ex'])
  for (const stream of ['evaluation:P-2', 'draw:P-2', 'lot:P-2']) expect(of(stream, 8)).toEqual([])
})
