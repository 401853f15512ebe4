import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMs, instantAt } from '../../kernel/calendar.ts'
import { openingWindows } from '../../tendering/project/document.ts'
import { priceFormula } from '../../tendering/project/document-price.ts'
import {
  confirmEndsAt,
  decryptEndsAt,
  extendedEnd,
  hallOpensAt,
  mayEnterHall,
  mayGoOnWithoutHost,
  mayOpenAll,
  notOpenedStanding,
  openingStart,
  parametersToDraw,
  readOutPrice,
  remainingMs,
  resumedEnd,
} from './rules.ts'

const deadline = instantAt('2026-03-24', '09:00')
const windows = openingWindows.parse({})
const lot = (lotId: string, liveBids: number, isTerminated = false) => ({
  lotId,
  liveBids,
  isTerminated,
})

describe('which lots open', () => {
  test('three bids open a lot, two are returned sealed', () => {
    expect(openingStart([lot('a', 3), lot('b', 2), lot('c', 0)])).toEqual({
      kind: 'starts',
      opens: ['a'],
      returned: ['b', 'c'],
    })
  })

  test('a terminated lot neither opens nor is returned', () => {
    expect(openingStart([lot('a', 5, true), lot('b', 2)])).toEqual({
      kind: 'none',
      opens: [],
      returned: ['b'],
    })
    expect(openingStart([]).kind).toBe('none')
  })
})

describe('the windows of the hall', () => {
  test('a bidder enters in the hour before the deadline, not at it', () => {
    expect(hallOpensAt(deadline, windows)).toBe(instantAt('2026-03-24', '08:00'))
    expect(mayEnterHall(instantAt('2026-03-24', '07:59:59.999'), deadline, windows)).toBe(false)
    expect(mayEnterHall(instantAt('2026-03-24', '08:00'), deadline, windows)).toBe(true)
    expect(mayEnterHall(addMs(deadline, -1), deadline, windows)).toBe(true)
    expect(mayEnterHall(deadline, deadline, windows)).toBe(false)
  })

  test('the witness goes on a quarter of an hour after an absent host', () => {
    expect(mayGoOnWithoutHost(instantAt('2026-03-24', '09:14:59'), deadline)).toBe(false)
    expect(mayGoOnWithoutHost(instantAt('2026-03-24', '09:15'), deadline)).toBe(true)
  })

  test('all bids open at once, when all are released or the window is over', () => {
    const endsAt = decryptEndsAt(deadline, windows)
    expect(endsAt).toBe(instantAt('2026-03-24', '09:30'))
    const now = instantAt('2026-03-24', '09:10')
    expect(mayOpenAll(now, endsAt, ['a', 'b'], ['a'])).toBe(false)
    expect(mayOpenAll(now, endsAt, ['a', 'b'], ['b', 'a'])).toBe(true)
    expect(mayOpenAll(endsAt, endsAt, ['a', 'b'], [])).toBe(true)
  })

  test('the window is extended for all, never shortened', () => {
    const endsAt = decryptEndsAt(deadline, windows)
    expect(extendedEnd(endsAt, 20)).toBe(instantAt('2026-03-24', '09:50'))
    expect(() => extendedEnd(endsAt, -5)).toThrow(RangeError)
    expect(confirmEndsAt(endsAt, windows)).toBe(instantAt('2026-03-24', '09:40'))
    const longer = openingWindows.parse({ confirmMinutes: 5, objectionMinutes: 20 })
    expect(confirmEndsAt(endsAt, longer)).toBe(instantAt('2026-03-24', '09:50'))
  })

  test('what was left at a halt is left after it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.integer({ min: 0, max: 10 ** 8 }),
        (left, pause) => {
          const endsAt = addMs(deadline, left)
          const resumed = addMs(deadline, pause)
          expect(remainingMs(resumed, resumedEnd(resumed, remainingMs(deadline, endsAt)))).toBe(
            left,
          )
        },
      ),
    )
    expect(remainingMs(addMs(deadline, 5), deadline)).toBe(0)
  })
})

describe('what is drawn, read out, or fails to open', () => {
  const benchmark = { weight: '40', aboveDeductPerPercent: '1', belowDeductPerPercent: '1' }

  test('only lists with more than one entry are drawn', () => {
    const parse = (price: object) =>
      parametersToDraw(priceFormula.parse({ ...benchmark, ...price }))
    expect(parse({ formula: 'benchmarkDrawnK', kCandidates: ['0.01', '0.02'] })).toEqual(['k'])
    expect(parse({ formula: 'benchmarkDrawnK', kCandidates: ['0.01'] })).toEqual([])
    expect(parse({ formula: 'benchmarkDrawnK', k: '0.01', kCandidates: ['0.01', '0.02'] })).toEqual(
      [],
    )
    expect(
      parse({
        formula: 'drawnMethod',
        methodCandidates: ['benchmarkMean', 'benchmarkDrawnK'],
        kCandidates: ['0.01', '0.02'],
      }),
    ).toEqual(['k', 'method'])
    expect(
      parametersToDraw(priceFormula.parse({ formula: 'lowPriceFirst', weight: '30' })),
    ).toEqual([])
  })

  test('a price is read out in figures and words; over the ceiling warns', () => {
    expect(readOutPrice(268000000, 268000000)).toEqual({
      priceFen: 268000000,
      words: '贰佰陆拾捌万元整',
      isOverCeiling: false,
    })
    expect(readOutPrice(2, 1).isOverCeiling).toBe(true)
    expect(readOutPrice(2, undefined).isOverCeiling).toBe(false)
  })

  test('a bid that does not open is revoked by its own cause, else withdrawn with its bond', () => {
    expect(notOpenedStanding('bidder')).toEqual({ counts: 'revoked', bond: 'atRisk' })
    expect(notOpenedStanding('platform')).toEqual({ counts: 'withdrawn', bond: 'returned' })
    expect(notOpenedStanding('other').counts).toBe('withdrawn')
  })
})
