import { expect, test } from 'vitest'
import type { Role } from '../../access.ts'
import type { StoredEvent } from '../../kernel/event.ts'
import type { Trade } from '../../trade.ts'
import { messagesOf } from './messages.ts'

const stored = (stream: string, type: string, version: number, data: object = {}) =>
  ({
    event: {
      stream,
      type,
      version,
      data,
      actor: {},
      at: 't',
      recordedAt: `2026-03-0${version + 1}`,
    },
    digest: new Uint8Array([version]),
  }) as unknown as StoredEvent

/** A lot's awards and their ends, in a trade of that regime. */
function typesTo(role: Role, regime: string, ...types: string[]): string[] {
  const events = types.map((type, version) => stored('lot:P-1', type, version))
  const trade = {
    id: 'P',
    project: { stage: 'published', document: { title: { zh: '甲', en: 'A' } } },
    lots: new Map([['P-1', { stage: 'awarded', suspensions: [], regime }]]),
    objections: new Map(),
    view: { events, streams: new Map([['lot:P-1', { events }]]) },
  } as unknown as Trade
  const roles = new Set<Role>(['Pub', role])
  return messagesOf(trade, () => roles, 'A').map((m) => m.type)
}

test('government procurement: bidders are served by the result notice, the parties by the award', () => {
  const steps = ['LotAwarded', 'AwardCancelled', 'LotAwarded', 'ResultPublished', 'AwardCancelled']
  expect(typesTo('Bown', 'governmentProcurement', ...steps)).toEqual([
    'AwardCancelled',
    'ResultPublished',
  ])
  expect(typesTo('Pu', 'governmentProcurement', ...steps)).toEqual([
    'ResultPublished',
    'LotAwarded',
    'LotAwarded',
  ])
  expect(typesTo('Bown', 'tender', 'LotAwarded', 'ResultPublished')).toEqual([
    'ResultPublished',
    'LotAwarded',
  ])
})

test('of its hidden streams a party is told what others did there, and how it went', () => {
  const trade = {
    id: 'P',
    project: { stage: 'published', document: null },
    objections: new Map(),
    view: { events: [], streams: new Map() },
  } as unknown as Trade
  const own = [
    stored('bid:x', 'LotJoined', 0),
    stored('bid:x', 'BondRecorded', 1),
    stored('bid:x', 'BidSubmitted', 2),
    stored('bid:x', 'SignatureSettled', 3),
    stored('bid:x', 'BondSettled', 4, { id: 'b', how: 'forfeited' }),
  ]
  const told = messagesOf(trade, () => new Set(), 'A', new Map([['P-1', own]]))
  expect(told.map(({ type, lot }) => [type, lot])).toEqual([
    ['BondSettled.forfeited', 'P-1'],
    ['SignatureSettled', 'P-1'],
  ])
})
