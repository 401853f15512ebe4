import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fenMax,
  formatTenThousandYuan,
  formatYuan,
  parseFigures,
  roundToFen,
  sumFen,
  yuanText,
} from './money.ts'
import { parseAmount, parseWords, toWords } from './money-words.ts'
import { Rational } from './rational.ts'

const formulas = JSON.parse(
  readFileSync(new URL('../../db/seed/examples/formulas.json', import.meta.url), 'utf8'),
)
const example = (id: string) => formulas.examples.find((e: { id: string }) => e.id === id)
const anyFen = fc.integer({ min: 0, max: fenMax })

describe('exact arithmetic', () => {
  test('rounding-modes: half up on the absolute value', () => {
    const { inputs, expected } = example('rounding-modes')
    expect(inputs.values.map((v: string) => Rational.parse(v).toFixed(2))).toEqual(expected.halfUp)
  })

  test('a third stays exact until it is rounded', () => {
    const third = Rational.of(1, 3)
    expect(third.plus(third).plus(third).equals(Rational.one)).toBe(true)
    expect(third.toText()).toBe('1/3')
    expect(third.toFixed(4)).toBe('0.3333')
  })

  test('a value whose decimal ends is written in full', () => {
    expect(Rational.of(25, 2).toText()).toBe('12.5')
    expect(Rational.of(-7).toText()).toBe('-7')
    expect(Rational.parse('-0.00').toFixed(2)).toBe('0.00')
  })

  test('division by zero, floats, exponents and empty means are bugs', () => {
    for (const bug of [
      () => Rational.of(1, 0),
      () => Rational.of(0.5),
      () => Rational.of(2 ** 53),
      () => Rational.parse('1e3'),
      () => Rational.parse(' 1'),
      () => Rational.parse('NaN'),
      () => Rational.mean([]),
      () => Rational.min([]),
      () => Rational.of(1, 2).toInteger(),
    ])
      expect(bug).toThrow(RangeError)
  })

  test('sums and products agree with integers, and compare is their order', () => {
    const any = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n))
    fc.assert(
      fc.property(any, any, ([a, b], [c, d]) => {
        const [x, y] = [Rational.of(a, b), Rational.of(c, d)]
        expect(x.plus(y).minus(y).equals(x)).toBe(true)
        if (c !== 0n) expect(x.times(y).dividedBy(y).equals(x)).toBe(true)
        expect(x.compare(y)).toBe(a * d < c * b ? -1 : a * d > c * b ? 1 : 0)
      }),
    )
  })

  test('rounding moves a value by at most half a place, and away from zero at the half', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 4 }), (n, p) => {
        const value = Rational.of(n, 10n ** 6n)
        const off = value.round(p).minus(value)
        const half = Rational.of(1n, 2n * 10n ** BigInt(p))
        expect(off.abs().compare(half)).toBeLessThanOrEqual(0)
        if (off.abs().equals(half)) expect(off.sign()).toBe(value.sign())
        expect(value.negated().round(p).equals(value.round(p).negated())).toBe(true)
      }),
    )
  })

  test('the floor of minus one half is minus one', () => {
    expect(Rational.of(-1, 2).floor().toText()).toBe('-1')
    expect(Rational.of(7, 2).floor().toText()).toBe('3')
  })
})

describe('amounts in figures', () => {
  test('fen are shown as yuan with thousands', () => {
    expect(formatYuan(273100000)).toBe('2,731,000.00')
    expect(formatYuan(5)).toBe('0.05')
    expect(yuanText(273100000)).toBe('2731000.00')
    expect(formatTenThousandYuan(286000000)).toBe('286.00')
    expect(formatTenThousandYuan(118812345678)).toBe('118,812.345678')
    expect(formatTenThousandYuan(1)).toBe('0.000001')
  })

  test('what is shown is read back as the same fen', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(parseFigures(formatYuan(fen))).toEqual({ fen })
        expect(parseFigures(yuanText(fen))).toEqual({ fen })
        expect(parseFigures(`${formatTenThousandYuan(fen)}万元`)).toEqual({ fen })
      }),
    )
  })

  test('not a number, exponents, six places and more than 2^53 fen are refused by name', () => {
    expect(parseFigures('NaN')).toEqual({ problem: 'amount-unreadable' })
    expect(parseFigures('1E+2')).toEqual({ problem: 'amount-unreadable' })
    expect(parseFigures('1.000001')).toEqual({ problem: 'amount-too-precise' })
    expect(parseFigures('1.000000')).toEqual({ fen: 100 })
    expect(parseFigures('90071992547409.92')).toEqual({ problem: 'amount-too-large' })
  })

  test('a sum past 2^53 fen, or a part of a fen, is a bug', () => {
    expect(() => sumFen([fenMax, 1])).toThrow(RangeError)
    expect(() => formatYuan(0.5)).toThrow(RangeError)
    expect(roundToFen(Rational.parse('2.5'))).toBe(3)
  })
})

describe('amounts in capitals', () => {
  test('money-in-words', () => {
    const { inputs, expected } = example('money-in-words')
    expect(inputs.amountsFen.map(toWords)).toEqual(expected.words)
  })

  test('words round trip', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        expect(parseAmount(toWords(fen))).toEqual({ fen })
      }),
      { numRuns: 2000 },
    )
  })

  test('more than a hundred million hundred million is written in 万 of 亿', () => {
    expect(toWords(fenMax)).toBe('玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分')
  })

  test('圆, 正 and a missing 整 are read; 两, a stray 零 and 整 after 分 are not', () => {
    expect(parseWords('壹佰圆正')).toEqual({ fen: 10000 })
    expect(parseWords('壹佰元')).toEqual({ fen: 10000 })
    for (const wrong of [
      '两佰元整',
      '零壹佰元整',
      '壹佰零元整',
      '伍分整',
      '元整',
      '整',
      '',
      '万元',
    ])
      expect(parseWords(wrong), wrong).toEqual({ problem: 'amount-unreadable' })
  })

  const vectors = new URL('../../../shared/vectors/zh/amount-words.json', import.meta.url)
  const isThere = existsSync(vectors)
  test.skipIf(!isThere)(
    `the amounts of vectors/zh are written and read${isThere ? '' : ' (skipped where ../shared/vectors is absent)'}`,
    () => {
      const v = JSON.parse(readFileSync(vectors, 'utf8'))
      for (const { fen, words, accept } of v.toWords) {
        expect(toWords(fen)).toBe(words)
        for (const text of accept) expect(parseAmount(text), text).toEqual({ fen })
      }
      for (const { figures, accept } of v.bankExamples)
        for (const text of accept) expect(parseAmount(text), text).toEqual(parseFigures(figures))
      for (const text of v.parseAlsoAccept) expect(parseAmount(text), text).toEqual({ fen: 10000 })
      for (const text of v.parseMustRefuse)
        expect(parseAmount(text), text).toHaveProperty('problem')
      const [ten, wan, yi, grouped, european] = v.parseAmbiguous
      expect(parseAmount(ten.text)).toEqual({ fen: 10_000_000 })
      expect(parseAmount(wan.text)).toEqual({ fen: wan.fen })
      expect(parseAmount(yi.text)).toEqual({ fen: yi.fen })
      expect(parseAmount(grouped.text)).toEqual({ fen: 350_000 })
      expect(parseAmount(european.text)).toHaveProperty('problem')
    },
  )
})
