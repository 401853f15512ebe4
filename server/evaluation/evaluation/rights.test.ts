import { expect, test } from 'vitest'
import type { Trade } from '../../trade.ts'
import { rightsOf } from './rights.ts'

/** Which files of opened bids a role may open, by how far the review of qualification is. */
const filesOf = (role: string, stage: string, evaluation?: object) =>
  rightsOf(
    {
      session: { stage: 'closed' },
      lots: new Map([['P-1', { stage }]]),
      evaluations: new Map(evaluation ? [['P-1', evaluation]] : []),
    } as unknown as Trade,
    'P-1',
    new Set([role]),
  ).files

test('while qualification is reviewed its files are purchaser’s and agency’s alone', () => {
  for (const role of ['Pu', 'Ag']) expect(filesOf(role, 'qualifying')).toEqual(['qualification'])
  expect(filesOf('Re', 'qualifying')).not.toContain('qualification')
  expect(filesOf('Re', 'qualifying')).toContain('technical')
  expect(filesOf('Re', 'qualifying', { stage: 'waiting' })).toContain('qualification')
  expect(filesOf('Re', 'evaluating')).toContain('qualification')
  expect(filesOf('Pu', 'evaluating', { stage: 'phase' })).toEqual([])
  expect(filesOf('Re', 'opening')).toEqual([])
})
