import { expect, test } from 'vitest'
import { dataOf, openedRows } from './event-data.ts'

const opened = (lots: readonly string[]) => ({
  event: {
    stream: 'openingSession:P',
    type: 'BidsOpened',
    data: { rows: lots.map((lot) => ({ lot, party: `of ${lot}`, outcome: 'notOpened' })) },
  },
})

test('an event gives its data to its own kind and type alone', () => {
  const { event } = opened(['P-1'])
  expect(dataOf(event, 'openingSession', 'BidsOpened')?.rows).toHaveLength(1)
  expect(dataOf(event, 'openingSession', 'OpeningStarted')).toBeNull()
  // Another stream's event may have the same name.
  expect(dataOf({ ...event, stream: 'lot:P-1' }, 'openingSession', 'BidsOpened')).toBeNull()
  expect(dataOf(null, 'lot', 'LotAwarded')).toBeNull()
  expect(dataOf(undefined, 'lot', 'LotAwarded')).toBeNull()
})

test('opened rows are those of the lot, and none where nothing was opened', () => {
  const events = [{ event: null }, opened(['P-1', 'P-2']), opened(['P-1'])]
  expect(openedRows(events, 'P-1').map((row) => row.party)).toEqual(['of P-1'])
  expect(openedRows(events, 'P-3')).toEqual([])
  expect(openedRows([], 'P-1')).toEqual([])
})
