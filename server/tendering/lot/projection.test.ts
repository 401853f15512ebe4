import { expect, test } from 'vitest'
import { tradeStages } from './projection.ts'

type End = 'LotTerminated' | 'LotArchived' | 'LotFailed' | 'AwardCancelled'

/** The stage that the list shows after an event of the first lot, the others standing so. */
function shownAfter(type: End, ...others: string[]): unknown {
  const tx = (_: TemplateStringsArray, ...values: unknown[]) => values
  const streams = new Map<string, object>([['lot:P-1', { state: { stage: 'tendering' } }]])
  for (const [i, stage] of others.entries()) streams.set(`lot:P-${i + 2}`, { state: { stage } })
  const event = { type, stream: 'lot:P-1', position: 7 }
  const project = tradeStages[type] as unknown as (...given: unknown[]) => unknown[]
  const [stage, position, id] = project(tx, event, { streams })
  expect([position, id]).toEqual([7, 'P'])
  return stage
}

test('a trade has ended only with its last lot', () => {
  expect(shownAfter('LotTerminated')).toBe('terminated')
  expect(shownAfter('LotTerminated', 'evaluating')).toBe('evaluating')
  expect(shownAfter('LotArchived', 'failed', 'awarded')).toBe('awarded')
  expect(shownAfter('LotArchived', 'failed', 'terminated')).toBe('archived')
  expect(shownAfter('LotFailed', 'opening')).toBe('opening')
})

test('an award that fell is shown as such', () =>
  expect(shownAfter('AwardCancelled', 'archived')).toBe('awarding'))
