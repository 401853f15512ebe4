import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, hex } from './bytes.ts'
import { DerError, MAX_DEPTH, readDer, TAG } from './der.ts'
import * as write from './der-write.ts'

describe('the strict DER reader', () => {
  test.each([
    ['a length in more bytes than needed', '30810101'],
    ['a length with a leading zero', '3082000101'],
    ['an indefinite length', '30800000'],
    ['trailing bytes', '050000'],
    ['too few bytes', '0402ff'],
    ['an empty value', ''],
    ['a padded INTEGER', '02020001'],
    ['a padded negative INTEGER', '0202ff80'],
    ['an empty INTEGER', '0200'],
    ['a BOOLEAN that is neither', '010101'],
    ['a NULL with content', '050100'],
    ['a BIT STRING padded with ones', '03020701'],
    ['a BIT STRING without its count', '0300'],
    ['an OBJECT IDENTIFIER that stops within', '060180'],
    ['a padded OBJECT IDENTIFIER', '06038001 01'.replace(' ', '')],
    ['a string in pieces', '2404040200ff'],
    ['a flat SEQUENCE', '1000'],
    ['a high tag number', '1f8100'],
    ['end of contents', '0000'],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readDer(fromHex(bytes))).toThrow(DerError)
  })

  test('nests 24 deep and no deeper', () => {
    let value: Uint8Array = write.nullValue()
    for (let i = 1; i < MAX_DEPTH; i++) value = write.sequence(value)
    expect(readDer(value).tag).toBe(TAG.sequence)
    expect(() => readDer(write.sequence(value))).toThrow('nested too deep')
  })

  test.each([
    ['491231235959Z', '2049-12-31T23:59:59.000Z'],
    ['500101000000Z', '1950-01-01T00:00:00.000Z'],
  ])('reads UTCTime %s', (text, expected) => {
    expect(new Date(readDer(write.asciiString(text, TAG.utcTime)).time()).toISOString()).toBe(
      expected,
    )
  })

  test.each([
    '20260230000000Z',
    '20260101250000Z',
    '20260101000000.10Z',
    '202601010000Z',
    '20260101000000+0800',
  ])('refuses the time %s', (text) => {
    expect(() => readDer(write.asciiString(text, TAG.generalizedTime)).time()).toThrow(DerError)
  })

  test('reads what the writer writes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1n << 160n), fc.uint8Array({ maxLength: 300 }), (number, bytes) => {
        const der = write.sequence(
          write.integer(number),
          write.octetString(bytes),
          write.bitString(bytes),
        )
        const [a, b, c] = readDer(der).items(TAG.sequence, 3, 3)
        expect(a!.integer()).toBe(number)
        expect(hex(b!.octets())).toBe(hex(bytes))
        expect(hex(c!.bits())).toBe(hex(bytes))
      }),
    )
    for (const id of [
      '1.2.840.113549.1.1.11',
      '2.5.29.15',
      '2.16.840.1.101.3.4.2.1',
      '1.2.156.10197.1.301',
    ]) {
      expect(readDer(write.oid(id)).oid()).toBe(id)
    }
    const now = Date.UTC(2026, 10, 25, 8)
    expect([write.time(now), write.generalizedTime(now)].map((b) => readDer(b).time())).toEqual([
      now,
      now,
    ])
  })

  test('any bytes are read or refused, nothing else, and what is read is written the same', () => {
    const again = (node: ReturnType<typeof readDer>): Uint8Array =>
      node.children.length
        ? write.tlv(node.tag, ...node.children.map(again))
        : write.tlv(node.tag, node.content)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(hex(again(readDer(bytes)))).toBe(hex(bytes))
        } catch (error) {
          if (!(error instanceof DerError)) throw error
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('64 KiB of nesting are refused, of tiny values read, neither with a stack of its depth', () => {
    const deep = new Uint8Array(65_536).fill(0x30)
    expect(() => readDer(deep)).toThrow(DerError)
    const many = write.sequence(new Uint8Array(65_000).map((_, i) => (i % 2 ? 0 : 5)))
    expect(readDer(many).bytes).toHaveLength(many.length)
  })
})

test('what is read from a Buffer can be copied and changed without touching it', () => {
  const received = Buffer.from('3003020105', 'hex')
  const copy = readDer(received).bytes.slice()
  copy[0] = 0x31
  expect(received.toString('hex')).toBe('3003020105')
})
