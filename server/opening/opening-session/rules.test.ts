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
  mayGoOnWithoutHost,
  mayOpenAll,
  notOpenedStanding,
  parametersToDraw,
  readOutPrice,
  remainingMs,
  resumedEnd,
} from './rules.ts'

const deadline = instantAt('2026-03-24', '09:00')
const windows = openingWindows.parse({})
describe('the windows of the hall', () => {
  test('it opens an hour before the deadline', () => {
    expect(hallOpensAt(deadline, windows)).toBe(instantAt('2026-03-24', '08:00'))
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
