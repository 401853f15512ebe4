import { describe, expect, test } from 'vitest'
import { courseStep } from './course.ts'
import type { DeskMember, DeskPage } from './desk-answers.ts'
import { signatureOf } from './signed.ts'

const course = { before: null, pause: null, changes: [], dissolved: 0 }
const member = (seat: number, part: Partial<DeskMember> = {}): DeskMember => ({
  seat,
  represents: 'pool',
  id: null,
  name: null,
  isChair: null,
  isCommitted: true,
  declared: [],
  isHandedIn: false,
  place: 'present',
  ...part,
})
const page = (stage: DeskPage['stage'], members: DeskMember[], part: Partial<DeskPage> = {}) =>
  ({ stage, phase: stage === 'phase' ? 'scoring' : null, course, members, ...part }) as DeskPage
const three = (part: Partial<DeskMember> = {}) => [1, 2, 3].map((seat) => member(seat, part))

describe('what an evaluation waits for', () => {
  test.each([
    ['none', 'notYet'],
    ['waiting', 'notYet'],
    ['assembled', 'undertaking'],
    ['ready', 'election'],
    ['phase', 'sheets'],
    ['aggregated', 'aggregated'],
    ['ranked', 'signing'],
    ['reported', 'reported'],
    ['failed', 'failed'],
  ] as const)('%s: %s', (stage, id) => expect(courseStep(page(stage, three())).id).toBe(id))
  test('sheets are counted, and once all are in the phase waits for its chair', () => {
    const [one, ...others] = three()
    const some = [{ ...one, isHandedIn: true }, ...others]
    expect(courseStep(page('phase', some))).toMatchObject({ id: 'sheets', done: 1, all: 3 })
    expect(courseStep(page('phase', three({ isHandedIn: true }))).id).toBe('closing')
  })
  test('a seat that is not filled comes first, by number, then its undertaking', () => {
    const [one, two, last] = three()
    const called = [one, { ...two, place: 'called' as const, isCommitted: false }, last]
    expect(courseStep(page('phase', called))).toMatchObject({ id: 'called', seats: [2] })
    const free = [{ ...one, place: 'awaited' as const }, called[1], last]
    expect(courseStep(page('phase', free))).toMatchObject({ id: 'awaited', seats: [1] })
    const fresh = [one, { ...two, isCommitted: false }, last]
    expect(courseStep(page('phase', fresh))).toMatchObject({ id: 'undertaking', done: 2 })
  })
  test('of a committee that was dissolved another is drawn', () =>
    expect(courseStep(page('none', [], { course: { ...course, dissolved: 1 } }))).toMatchObject({
      id: 'dissolved',
      to: 'draw',
    }))
  test('a pause waits for what it goes back to', () =>
    expect(
      courseStep(page('paused', three(), { course: { ...course, before: 'ranked' } })).id,
    ).toBe('signing'))
})

test('a member has signed, is awaited, or his silence counts once the time is over', () => {
  const at = '2026-03-25T01:00:00.000Z'
  const report = {
    signUntil: '2026-03-25T02:00:00.000Z',
    signatures: [{ member: 'm1', how: 'dissent', reason: 'r', act: 'a', at }],
  }
  const read = (now: string, id: string) => signatureOf({ report, now } as unknown as DeskPage, id)
  expect(read(at, 'm1')).toEqual({ how: 'dissent', at, reason: 'r' })
  expect(read(at, 'm2')).toEqual({ how: 'waiting', at: null, reason: null })
  expect(read(report.signUntil, 'm2').how).toBe('silent')
})
