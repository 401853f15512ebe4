import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, utf8 } from './index.ts'

const limits = { maxBytes: 1 << 20 }

test.each([
  ['{"a":1,"a":2}', 'json-duplicate-key'],
  ['{"a":1,"\\u0061":2}', 'json-duplicate-key'],
  ['{"e\u0301":1,"\u00e9":2}', 'json-duplicate-key'],
  ['{"__proto__":{}}', 'json-malformed'],
  ['{"\\u005f_proto__":{}}', 'json-malformed'],
  ['"\\ud800"', 'json-malformed'],
  ['[NaN]', 'json-malformed'],
  ['[1e400]', 'json-number-unsafe'],
  ['-0', 'json-number-unsafe'],
  ['-0.0', 'json-number-unsafe'],
  ['9007199254740993', 'json-number-unsafe'],
  ['9007199254740992', 'json-number-unsafe'],
  ['0.12345678901234567890123', 'json-number-unsafe'],
  ['1e-400', 'json-number-unsafe'],
  ['01', 'json-malformed'],
  ['.5', 'json-malformed'],
  ['１２', 'json-malformed'],
  ['[1,]', 'json-malformed'],
  ['{"a":1,}', 'json-malformed'],
  ['{a:1}', 'json-malformed'],
  ['"a', 'json-malformed'],
  ['"a\\', 'json-malformed'],
  ['"a\\"', 'json-malformed'],
  ['"\n"', 'json-malformed'],
  ['"\\x41"', 'json-malformed'],
  ['', 'json-malformed'],
  ['{} {}', 'json-malformed'],
  ['\ufeff{}', 'json-malformed'],
  ['tru', 'json-malformed'],
  ['['.repeat(100_000), 'json-too-deep'],
  [`"${'x'.repeat(1 << 20)}"`, 'json-too-large'],
  [`"${'阳'.repeat(400_000)}"`, 'json-too-large'],
])('strangers’ JSON %.30j is refused: %s', (text, problem) =>
  expect(parseJson(text, limits)).toMatchObject({ problem }),
)

test('bytes that are no UTF-8 are refused', () =>
  expect(parseJson(Uint8Array.of(0x22, 0xc0, 0x80, 0x22), limits).problem).toBe('json-malformed'))

test('a refusal says where it lies', () =>
  expect(parseJson('{"a":1, "a":2}', limits)).toEqual({ problem: 'json-duplicate-key', offset: 8 }))

test('decimals that a double keeps are read: 0.10, 1E2, 5e-324', () =>
  expect(parseJson('[0.10, 1E2, 5e-324, 100.0]', limits)).toEqual({
    value: [0.1, 100, 5e-324, 100],
  }))

test('texts come in NFC unless asked otherwise', () => {
  expect(parseJson('"e\u0301"', limits)).toEqual({ value: '\u00e9' })
  expect(parseJson('"e\u0301"', { ...limits, normalize: false })).toEqual({ value: 'e\u0301' })
})

test('a long text costs no stack', () =>
  expect(parseJson(`"${'\\n'.repeat(500_000)}"`, limits)).toEqual({ value: '\n'.repeat(500_000) }))

test('what JSON.stringify writes is read as JSON.parse reads it', () =>
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value)
      const parsed = parseJson(utf8(text), { ...limits, normalize: false })
      const inexact = /number-unsafe|malformed/.test(parsed.problem ?? '') // 2^53 and more, __proto__
      if (!inexact) expect(parsed).toEqual({ value: JSON.parse(text) })
    }),
  ))

test('no text makes the reader throw, and it takes nothing that JSON.parse refuses', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0e1-+.tfn "'), maxLength: 12 }),
      (t) => {
        const parsed = parseJson(t, limits)
        if (parsed.problem === undefined) expect(() => JSON.parse(t)).not.toThrow()
      },
    ),
    { numRuns: 2000 },
  ))
