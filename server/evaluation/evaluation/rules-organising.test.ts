import { describe, expect, test } from 'vitest'
import type { State as DrawState } from '../../experts/draw/decider.ts'
import type { State, Working } from './decider.ts'
import { courseOf, placeOf } from './rules-organising.ts'

const members = (...ids: string[]) =>
  ids.map((id) => ({ id, represents: id.startsWith('r') ? 'purchaser' : 'pool' }))
const state = (part: object) => ({ stage: 'phase', replaced: [], ...part }) as unknown as State

describe('the course of an evaluation', () => {
  test('before a committee meets there is nothing but how many were dissolved', () => {
    expect(courseOf({ stage: 'none' })).toEqual({
      before: null,
      pause: null,
      changes: [],
      dissolved: 0,
    })
    const former = { times: 1, recused: ['m1'], until: 9 }
    expect(courseOf({ stage: 'none', former })).toMatchObject({ dissolved: 1, changes: [] })
  })
  test('a pause tells since when, why, and where it goes back to', () => {
    const since = '2026-03-25T01:00:00.000Z'
    const paused = { stage: 'paused', since, cause: '停电', before: { stage: 'ranked' } }
    expect(courseOf(state({ ...paused, members: members('m1') }))).toMatchObject({
      before: 'ranked',
      pause: { since, cause: '停电' },
    })
  })
  test('seats that changed are numbered by who sits there now, and nobody is named', () => {
    const replaced = [
      { leaves: 'm1', by: 'm3', ground: 'health' },
      { leaves: 'm2', by: 'm4', ground: 'recusal' },
      { leaves: 'm3', by: 'm5', ground: 'absence' },
    ]
    const leaving = [{ member: 'r1', ground: 'leaving', evidence: '离席' }]
    const { changes } = courseOf(state({ members: members('m5', 'm4', 'r1'), replaced, leaving }))
    expect(changes).toEqual([
      { seat: 1, ground: 'health' },
      { seat: 2, ground: 'recusal' },
      { seat: 1, ground: 'absence' },
      { seat: 3, ground: 'leaving' },
    ])
  })
  test('a row that leads to nobody is a fault of ours', () => {
    const replaced = [{ leaves: 'm1', by: 'm3', ground: 'health' }]
    expect(() => courseOf(state({ members: members('m2'), replaced }))).toThrow('m3')
  })
})

test('where the one of a seat is, by draw and desk', () => {
  const work = {
    leaving: [{ member: 'r1', ground: 'absence', evidence: '' }],
  } as unknown as Working
  const draw = {
    stage: 'complete',
    gone: ['m4'],
    checkedIn: [{ member: 'm1', venue: '371300' }],
    seats: [
      { expert: 'm1', status: 'accepted' },
      { expert: 'm2', status: 'accepted' },
      { expert: 'm3', status: 'called' },
    ],
  } as unknown as DrawState
  const places = ['m1', 'm2', 'm3', 'm4', 'r1', 'r2'].map((id) => placeOf(work, draw, id))
  expect(places).toEqual(['present', 'expected', 'called', 'vacated', 'awaited', 'expected'])
  expect(placeOf(work, undefined, 'm1')).toBe('expected')
})
