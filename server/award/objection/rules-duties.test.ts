import { expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { objectionDuties } from './rules-duties.ts'

const replyUntil = '2026-03-25T01:00:00.000Z'
const objection = { stage: 'correcting', id: 'O', lot: 'P-1', party: 'b', replyUntil }
const acts = (now: string, party: string, roles: string[]) =>
  objectionDuties(
    { id: 'P', now, objections: new Map([['P-1-O', objection]]) } as unknown as Trade,
    'P-1',
    { roles: new Set(roles as never), party, bids: new Map() },
  ).map((d) => d.act)

test('what its filer was to complete is his to do, and past the limit its addressee’s to refuse', () => {
  const before = '2026-03-25T00:59:59.999Z'
  expect(acts(before, 'b', ['Bown'])).toEqual(['correct-objection'])
  expect(acts(before, 'agency', ['Ag'])).toEqual([])
  for (const role of ['Ag', 'Pu'])
    expect(acts(replyUntil, 'x', [role])).toEqual(['refuse-objection'])
})
