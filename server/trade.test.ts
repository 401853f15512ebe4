import { expect, test } from 'vitest'
import type { Role } from './access.ts'
import { mayHear } from './readable.ts'
import { isDeadlineHeld, type Trade } from './trade.ts'

const tradeAt = (stage: string) =>
  ({
    id: 'P',
    project: { stage: 'published' },
    lots: new Map([['P-1', { stage, suspensions: [] }]]),
  }) as unknown as Trade

test('purchaser and agency hear of the report as soon as it is submitted, and of no sheet before', () => {
  const hears = (type: string, stage: string, role: Role) =>
    mayHear({ type, stream: 'evaluation:P-1' } as never, tradeAt(stage), new Set([role]))
  for (const type of ['ReportSubmitted', 'BidsRanked', 'LotEvaluated', 'SheetSubmitted'])
    for (const role of ['Pu', 'Ag'] as const) {
      expect(hears(type, 'evaluating', role)).toBe(false)
      expect(hears(type, 'evaluated', role)).toBe(true)
    }
  for (const role of ['Pub', 'Bown', 'Ce'] as const)
    expect(hears('ReportSubmitted', 'evaluated', role)).toBe(false)
})

test('government procurement: who has won is the parties’ until the result notice', () => {
  const types = ['LotAwarded', 'AwardCancelled', 'LotAwarded', 'ResultPublished', 'AwardCancelled']
  const all = types.map((type, version) => ({ event: { type, stream: 'lot:P-1', version } }))
  /** Which of the lot's events a role may read, once so many have happened. */
  const read = (regime: string, count: number, role: Role) => {
    const events = all.slice(0, count)
    const trade = {
      id: 'P',
      project: { stage: 'published' },
      lots: new Map([['P-1', { stage: 'awarded', suspensions: [], regime }]]),
      view: { streams: new Map([['lot:P-1', { events }]]) },
    } as unknown as Trade
    return events
      .filter(({ event }) => mayHear(event as never, trade, new Set([role])))
      .map(({ event }) => event.version)
  }
  expect(read('governmentProcurement', 3, 'Pub')).toEqual([])
  expect(read('governmentProcurement', 3, 'Bown')).toEqual([])
  expect(read('governmentProcurement', 3, 'Pu')).toEqual([0, 1, 2])
  expect(read('governmentProcurement', 4, 'Pub')).toEqual([0, 1, 2, 3])
  expect(read('governmentProcurement', 5, 'Pub')).toEqual([0, 1, 2, 3, 4])
  expect(read('tender', 3, 'Pub')).toEqual([0, 1, 2])
})

test('a lot that is suspended while it takes bids holds the deadline; later it holds none', () => {
  const of = (stage: string, suspensions: object[]) =>
    isDeadlineHeld({ lots: new Map([['P-1', { stage, suspensions } as never]]) })
  expect(of('tendering', [])).toBe(false)
  expect(of('tendering', [{ by: 'O', since: 's' }])).toBe(true)
  expect(of('opening', [{ by: 'O' }])).toBe(false)
})
