import { FormatError } from './problem.ts'

/** Bytes over an ArrayBuffer of their own kind: what WebCrypto accepts. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
// `ignoreBOM` keeps a byte order mark as text, so that decoding loses no byte.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const hexDigits = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))
const standardAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const urlAlphabet = `${standardAlphabet.slice(0, 62)}-_`

/** The parts one after another, in new memory. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** True for equal bytes. Looks at every byte of equal lengths, so time tells no prefix. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}

/** Order by bytes, then length: negative, 0 or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** Text as UTF-8. A lone surrogate would become U+FFFD: check texts from outside before. */
export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes

/**
 * UTF-8 as text; a byte order mark stays in it.
 * @throws FormatError `utf8-malformed`
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new FormatError('utf8-malformed')
  }
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexDigits[byte]
  return text
}

/**
 * Bytes of hexadecimal in either case.
 * @throws FormatError `hex-malformed`
 */
export function fromHex(text: string): Bytes {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new FormatError('hex-malformed')
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return out
}

function encode64(bytes: Uint8Array, alphabet: string, padded: boolean): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const digits = Math.min(bytes.length - i, 3) + 1
    for (let d = 0; d < digits; d++) text += alphabet[(word >>> (18 - 6 * d)) & 63]
    if (padded) text += '='.repeat(4 - digits)
  }
  return text
}

function digitValues(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < 64; i++) values[alphabet.charCodeAt(i)] = i
  return values
}
const standardValues = digitValues(standardAlphabet)
const urlValues = digitValues(urlAlphabet)

/** `null` where the text is not the one encoding of some bytes: odd digits, length or spare bits. */
function decode64(text: string, values: Int8Array): Bytes | null {
  const spare = text.length % 4
  if (spare === 1) return null
  const out = new Uint8Array(Math.floor((text.length * 3) / 4))
  let word = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)] ?? -1
    if (value < 0) return null
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out[at++] = (word >>> bits) & 0xff
    }
  }
  return (word & ((1 << bits) - 1)) === 0 ? out : null
}

/** Base64url without padding (RFC 4648 §5): how all of our JSON writes bytes. */
export const b64u = (bytes: Uint8Array): string => encode64(bytes, urlAlphabet, false)

/**
 * Bytes of unpadded base64url; only the one encoding of them is taken.
 * @param length required number of bytes, if given
 * @throws FormatError `b64u-malformed`
 */
export function fromB64u(text: string, length?: number): Bytes {
  const out = decode64(text, urlValues)
  if (out === null || (length !== undefined && out.length !== length)) {
    throw new FormatError('b64u-malformed')
  }
  return out
}

/** Standard padded base64 (RFC 4648 §4): notes, checkpoints, PEM. */
export const base64 = (bytes: Uint8Array): string => encode64(bytes, standardAlphabet, true)

/**
 * Bytes of standard padded base64; only the one encoding of them is taken.
 * @throws FormatError `base64-malformed`
 */
export function fromBase64(text: string): Bytes {
  const digits = text.replace(/={0,2}$/, '')
  const out = text.length % 4 === 0 ? decode64(digits, standardValues) : null
  if (out === null || base64Length(out.length) !== text.length) {
    throw new FormatError('base64-malformed')
  }
  return out
}
const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3)

function integer(value: number, width: number, limit: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0 || value >= limit) {
    throw new RangeError(`not an unsigned integer of ${width} bytes: ${value}`)
  }
  const out = new Uint8Array(width)
  let rest = value
  for (let i = width - 1; i >= 0 && rest > 0; i--) {
    out[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return out
}

/** One byte. @throws RangeError outside 0..255 */
export const u8 = (value: number): Bytes => integer(value, 1, 0x100)
/** Two bytes, big-endian. @throws RangeError outside 0..2^16-1 */
export const u16 = (value: number): Bytes => integer(value, 2, 0x10000)
/** Four bytes, big-endian. @throws RangeError outside 0..2^32-1 */
export const u32 = (value: number): Bytes => integer(value, 4, 0x100000000)
/** Eight bytes, big-endian. @throws RangeError outside 0..2^53-1 */
export const u64 = (value: number): Bytes => integer(value, 8, Number.MAX_SAFE_INTEGER + 1)

/**
 * Reads an unsigned big-endian integer.
 * @param width bytes, 1 to 8
 * @throws FormatError `integer-truncated`, or `integer-too-large` beyond 2^53-1
 */
export function readInteger(bytes: Uint8Array, at: number, width: number): number {
  if (at < 0 || at + width > bytes.length) throw new FormatError('integer-truncated')
  let value = 0
  for (let i = 0; i < width; i++) value = value * 256 + bytes[at + i]!
  if (!Number.isSafeInteger(value)) throw new FormatError('integer-too-large')
  return value
}
export const readU16 = (bytes: Uint8Array, at = 0): number => readInteger(bytes, at, 2)
export const readU32 = (bytes: Uint8Array, at = 0): number => readInteger(bytes, at, 4)
export const readU64 = (bytes: Uint8Array, at = 0): number => readInteger(bytes, at, 8)

/** An unsigned integer of any size, big-endian (OS2IP). */
export const bigint = (bytes: Uint8Array): bigint => (bytes.length ? BigInt(`0x${hex(bytes)}`) : 0n)

/** 32 bytes, big-endian. @throws RangeError outside 0..2^256-1 */
export function scalar32(value: bigint): Bytes {
  if (value < 0n || value >= 1n << 256n) throw new RangeError('not a 32 byte integer')
  return fromHex(value.toString(16).padStart(64, '0'))
}
