import { expect, test } from 'vitest'
import { everyCell, given } from '../../../tests/kit/stories.ts'
import { access, type Command, maxViewsADay, viewedName } from './decider.ts'

const view: Command = {
  type: 'view',
  project: 'P',
  lot: 'P-1',
  bidder: 'B',
  blob: 'b1',
  reason: null,
}

test('each look at a sealed file is an event, up to a bound a day', () => {
  given(access).when(view).then({ type: 'SecretViewed', bidder: 'B', blob: 'b1' })
  const past = Array.from({ length: maxViewsADay }, () => ({
    ...view,
    type: 'SecretViewed' as const,
  }))
  given(access, ...past)
    .when(view)
    .refused('views-bounded')
})

test('a file is known as seen for its reason, however often it was read', () => {
  const seen = { ...view, type: 'SecretViewed' as const }
  const other = { ...seen, reason: 'r' }
  const { state } = given(access, seen, seen, other)
  expect(state).toMatchObject({ views: 3, seen: [viewedName(seen), viewedName(other)] })
})

everyCell(access, { open: access.initial })
