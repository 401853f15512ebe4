import { TAG } from './der.ts'

/**
 * The writer beside the strict reader of `der.ts`: each function gives the DER encoding of one
 * value.
 * @source ITU-T X.690 clauses 8, 10, 11
 */

/** One value: identifier octet, minimal length, the parts joined. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = [tag]
  if (length < 0x80) head.push(length)
  else {
    const size = Math.ceil(Math.log2(length + 1) / 8)
    head.push(0x80 | size)
    for (let i = size - 1; i >= 0; i--) head.push(Math.floor(length / 256 ** i) & 0xff)
  }
  const out = new Uint8Array(head.length + length)
  out.set(head)
  let at = head.length
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(TAG.sequence, ...parts)
export const octetString = (bytes: Uint8Array): Uint8Array => tlv(TAG.octetString, bytes)
export const explicit = (n: number, value: Uint8Array): Uint8Array => tlv(0xa0 | n, value)
export const nullValue = (): Uint8Array => Uint8Array.of(TAG.null, 0)
export const booleanTrue = (): Uint8Array => Uint8Array.of(TAG.boolean, 1, 0xff)

/** A SET OF: its members in the order of their encodings, as DER asks. */
export function setOf(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(TAG.set, ...[...parts].sort(compareBytes))
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!
  }
  return a.length - b.length
}

/** A BIT STRING of whole bytes. */
export function bitString(bytes: Uint8Array): Uint8Array {
  return tlv(TAG.bitString, Uint8Array.of(0), bytes)
}

/** A BIT STRING of named bits (keyUsage, reasons): trailing zero bits left off. */
export function namedBits(numbers: readonly number[]): Uint8Array {
  if (numbers.length === 0) return tlv(TAG.bitString, Uint8Array.of(0))
  const last = Math.max(...numbers)
  const bytes = new Uint8Array((last >> 3) + 1)
  for (const n of numbers) bytes[n >> 3]! |= 0x80 >> (n & 7)
  return tlv(TAG.bitString, Uint8Array.of(7 - (last & 7)), bytes)
}

/** An INTEGER from its unsigned big-endian magnitude. */
export function unsignedInteger(magnitude: Uint8Array, tag: number = TAG.integer): Uint8Array {
  let at = 0
  while (at < magnitude.length - 1 && magnitude[at] === 0) at++
  const body = magnitude.length === 0 ? Uint8Array.of(0) : magnitude.subarray(at)
  return body[0]! & 0x80 ? tlv(tag, Uint8Array.of(0), body) : tlv(tag, body)
}

/** An INTEGER (or ENUMERATED) from a number that is not negative. */
export function integer(value: number | bigint, tag: number = TAG.integer): Uint8Array {
  const hex = BigInt(value).toString(16)
  const even = hex.length % 2 ? `0${hex}` : hex
  return unsignedInteger(
    Uint8Array.from(even.match(/../g)!, (pair) => Number.parseInt(pair, 16)),
    tag,
  )
}

export function oid(text: string): Uint8Array {
  const [first, second, ...rest] = text.split('.').map(BigInt)
  const bytes: number[] = []
  for (const part of [first! * 40n + second!, ...rest]) {
    const sevens = [Number(part & 0x7fn)]
    for (let left = part >> 7n; left > 0n; left >>= 7n) sevens.unshift(Number(left & 0x7fn) | 0x80)
    bytes.push(...sevens)
  }
  return tlv(TAG.oid, Uint8Array.from(bytes))
}

export function utf8String(text: string): Uint8Array {
  return tlv(TAG.utf8String, new TextEncoder().encode(text))
}

/** ASCII text under a string tag that holds ASCII only (Printable, IA5). */
export function asciiString(text: string, tag: number): Uint8Array {
  return tlv(
    tag,
    Uint8Array.from(text, (char) => char.charCodeAt(0) & 0x7f),
  )
}

/** A moment as certificates write it: UTCTime until 2049, GeneralizedTime from then on. */
export function time(ms: number): Uint8Array {
  const year = new Date(ms).getUTCFullYear()
  if (year < 1950 || year > 2049) return generalizedTime(ms)
  return asciiString(`${digits(ms).slice(2)}Z`, TAG.utcTime)
}

/** A moment to the second as GeneralizedTime. */
export function generalizedTime(ms: number): Uint8Array {
  return asciiString(`${digits(ms)}Z`, TAG.generalizedTime)
}

function digits(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')
}
