import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  b64u,
  base64,
  bigint,
  compareBytes,
  concat,
  equal,
  fromB64u,
  fromBase64,
  fromHex,
  fromUtf8,
  hex,
  readU16,
  readU32,
  readU64,
  scalar32,
  u16,
  u32,
  u64,
  utf8,
} from './index.ts'

const anyBytes = fc.uint8Array({ maxLength: 70 })

test('every encoding of bytes comes back, and agrees with Node', () =>
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const node = Buffer.from(bytes)
      expect(hex(bytes)).toBe(node.toString('hex'))
      expect(b64u(bytes)).toBe(node.toString('base64url'))
      expect(base64(bytes)).toBe(node.toString('base64'))
      expect(fromHex(hex(bytes))).toEqual(new Uint8Array(bytes))
      expect(fromB64u(b64u(bytes))).toEqual(new Uint8Array(bytes))
      expect(fromBase64(base64(bytes))).toEqual(new Uint8Array(bytes))
    }),
  ))

test.each(['A', 'AB', 'AA=', 'AA==', 'A+/A', 'AAA\n', ' AAA', 'AAé', 'AAAAA'])(
  'base64url that is not the one encoding is refused: %j',
  (text) => expect(() => fromB64u(text)).toThrow('b64u-malformed'),
)

test.each(['AA', 'AA=', 'AB==', 'AAB=', 'AA==AA==', 'A-_A', '=', '====', 'AAAA===='])(
  'base64 that is not the one encoding is refused: %j',
  (text) => expect(() => fromBase64(text)).toThrow('base64-malformed'),
)

test('base64url of another length than asked is refused', () => {
  expect(fromB64u('AAAA', 3)).toEqual(new Uint8Array(3))
  expect(() => fromB64u('AAAA', 4)).toThrow('b64u-malformed')
})

test.each(['0', 'zz', '0x', ' 00'])('hexadecimal with other characters is refused: %j', (text) =>
  expect(() => fromHex(text)).toThrow('hex-malformed'),
)

test('text keeps its byte order mark, and bytes that are no UTF-8 are refused', () => {
  expect(fromUtf8(utf8('\ufeff阳光'))).toBe('\ufeff阳光')
  expect(() => fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toThrow('utf8-malformed')
  expect(() => fromUtf8(Uint8Array.of(0xc0, 0x80))).toThrow('utf8-malformed')
})

test('integers are big-endian, and refused beyond their width or 2^53-1', () => {
  expect(hex(u16(258))).toBe('0102')
  expect(hex(u32(0xdeadbeef))).toBe('deadbeef')
  expect(hex(u64(Number.MAX_SAFE_INTEGER))).toBe('001fffffffffffff')
  expect([readU16(u16(65535)), readU32(u32(4294967295))]).toEqual([65535, 4294967295])
  expect(readU64(u64(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER)
  for (const bad of [-1, 1.5, 65536, Number.NaN]) expect(() => u16(bad)).toThrow(RangeError)
  expect(() => readU64(fromHex('0020000000000000'))).toThrow('integer-too-large')
  expect(() => readU32(new Uint8Array(3))).toThrow('integer-truncated')
  expect(bigint(scalar32(12345678901234567890n))).toBe(12345678901234567890n)
})

test('equality and order look at bytes, then length', () =>
  fc.assert(
    fc.property(anyBytes, anyBytes, (a, b) => {
      expect(equal(a, b)).toBe(Buffer.compare(a, b) === 0)
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))
      expect(equal(concat(a, b), concat(a, b))).toBe(true)
    }),
  ))
