import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canonicalBytes,
  canonicalize,
  fromUtf8,
  hasExactly,
  parseCanonical,
  utf8,
} from './index.ts'
import vectors from './vectors/jcs.json' with { type: 'json' }

test.each(vectors.cases)('RFC 8785 vector: $name', ({ input, output, utf8: bytes }) => {
  const written = canonicalize(JSON.parse(input))
  expect(written).toBe(output)
  expect(Buffer.from(written).toString('hex')).toBe(bytes)
})

test.each([
  ...vectors.mustRefuse,
  ' {}',
  '{} ',
  '{"b":1,"a":2}',
  '{"a": 1}',
  '-0',
  '1.5',
  '1e2',
  '1E2',
  '1.0',
  '9007199254740992',
  '"\\u0041"',
  '"\\/"',
  '"e\u0301"', // not NFC
  '{"e\u0301":1}',
  '{"__proto__":1}',
  '\ufeff{}',
  '"\t"',
  '[1,]',
  '',
  'NaN',
])('canonical JSON refuses %j', (text) =>
  expect(parseCanonical(utf8(text))).toMatchObject({ problem: 'json-not-canonical' }),
)

test('canonical JSON refuses bytes that are no UTF-8, and what is too large or too deep', () => {
  expect(parseCanonical(Uint8Array.of(0x22, 0xff, 0x22)).problem).toBe('json-not-canonical')
  expect(parseCanonical(utf8('"abc"'), { maxBytes: 4 }).problem).toBe('json-too-large')
  expect(parseCanonical(utf8('[[1]]'), { maxDepth: 1 }).problem).toBe('json-too-deep')
  expect(parseCanonical(utf8('['.repeat(100_000) + ']'.repeat(100_000))).problem).toBe(
    'json-too-deep',
  )
})

const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((s) => s.normalize('NFC'))
const { profile } = fc.letrec((tie) => ({
  profile: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((n) => n + 0), // no -0
    text,
    fc.array(tie('profile'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((k) => k !== '__proto__'),
      tie('profile'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}))

test('what is written is read as the same value', () =>
  fc.assert(
    fc.property(profile, (value) => {
      const bytes = canonicalBytes(value)
      const parsed = parseCanonical(bytes)
      expect(parsed).toEqual({ value })
      expect(fromUtf8(bytes)).toBe(canonicalize(value))
    }),
  ))

test('a changed byte is refused or is another value', () =>
  fc.assert(
    fc.property(profile, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, at, flip) => {
      const bytes = canonicalBytes(value)
      bytes[at % bytes.length]! ^= flip
      const parsed = parseCanonical(bytes)
      if (!parsed.problem) expect(canonicalBytes(parsed.value)).toEqual(bytes)
    }),
  ))

test.each([
  [1.5],
  ['e\u0301'],
  ['\ud800'],
  [Number.NaN],
  [new Date(0)],
  [1n],
  [[undefined]],
  [2 ** 53],
  [new Uint8Array(2)],
])('a writer of what must be signed stops at %s', (value) =>
  expect(() => canonicalBytes(value)).toThrow('json-not-canonical'),
)

test('an undefined property is left out, and the keys of a shape are exact', () => {
  expect(canonicalize({ b: undefined, a: 1 })).toBe('{"a":1}')
  expect(hasExactly({ a: 1, b: 2 }, ['b', 'a'])).toBe(true)
  expect(hasExactly({ a: 1, b: 2 }, ['a'])).toBe(false)
  expect(hasExactly({ a: 1 }, ['toString'])).toBe(false)
})
