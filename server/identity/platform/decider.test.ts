import { test } from 'vitest'
import { everyCell, given } from '../../../tests/kit/stories.ts'
import { type Facts, type LoadedList, platform } from './decider.ts'

const facts: Facts = { platform: 'yg-1', isDemo: false }
const list = (sequence: number, previous: string | null): LoadedList => ({
  sequence,
  previous,
  sha256: `list-${sequence}`,
  bytes: 'AA',
  signatures: ['AA', 'AB'],
})
const load = (sequence: number, previous: string | null) =>
  ({
    type: 'loadTrustList',
    list: list(sequence, previous),
    isDemo: false,
    platforms: ['yg-1'],
  }) as const

test('each trust list names the one before; a forked, skipped or old one is refused', () => {
  const story = given(platform)
  story.when(load(4, null), { facts }).then({ type: 'TrustListLoaded' })
  const next = given(platform, { type: 'TrustListLoaded', list: list(4, null) })
  next.when(load(5, 'list-4'), { facts }).then({ type: 'TrustListLoaded' })
  next.when(load(5, 'list-x'), { facts }).refused('trust-list-out-of-order', { expected: 5 })
  next.when(load(6, 'list-4'), { facts }).refused('trust-list-out-of-order')
  next.when(load(4, null), { facts }).refused('trust-list-out-of-order')
})

test('a list of a demo or of another platform is not for production', () => {
  const story = given(platform)
  story.when({ ...load(1, null), isDemo: true }, { facts }).refused('trust-list-demo')
  story
    .when({ ...load(1, null), isDemo: true }, { facts: { ...facts, isDemo: true } })
    .then({ type: 'TrustListLoaded' })
  story
    .when({ ...load(1, null), platforms: ['yg-2'] }, { facts })
    .refused('trust-list-other-platform')
})

test('calendars and outages are recorded once', () => {
  const calendar = { year: 2027, source: 's', rest: ['01-01'], work: [] }
  const outage = {
    from: '2026-03-02T01:00',
    until: '2026-03-02T02:00',
    parts: ['ledger'],
    zh: '停电',
    en: 'power',
  }
  const story = given(
    platform,
    { type: 'CalendarLoaded', calendar },
    { type: 'OutageRecorded', id: 'o1', outage },
  )
  story.when({ type: 'loadCalendar', calendar }).refused('calendar-loaded-already', { year: 2027 })
  story
    .when({ type: 'loadCalendar', calendar: { ...calendar, rest: [] } })
    .then({ type: 'CalendarLoaded' })
  story.when({ type: 'recordOutage', id: 'o1', outage }).refused('outage-recorded-already')
  story
    .when({ type: 'recordOutage', id: 'o2', outage: { ...outage, until: outage.from } })
    .refused('outage-backwards')
  story.when({ type: 'recordOutage', id: 'o2', outage }).then({ type: 'OutageRecorded', id: 'o2' })
})

everyCell(platform, { running: platform.initial })
