/**
 * Strict DER: a reader that accepts one encoding of a value and no other, and a small writer.
 * Certificates, signatures, revocation answers, tokens and wraps all pass through here.
 * @source ITU-T X.690 clauses 8, 10, 11
 */

/** Deeper nesting is refused: no certificate, list or token goes past 18. */
export const MAX_DEPTH = 24

/** Bytes that are not strict DER, or not the shape that the caller asked for. */
export class DerError extends Error {
  override name = 'DerError'
}

/** Universal and context tags by the identifier octet (class and constructed bit included). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

function fail(why: string): never {
  throw new DerError(why)
}

/** One value: where it lies in the bytes it was read from, and what it contains. */
export class Der {
  constructor(
    private readonly source: Uint8Array,
    readonly tag: number,
    private readonly start: number,
    private readonly head: number,
    private readonly end: number,
    /** The values inside a constructed one; empty for a primitive. */
    readonly children: readonly Der[],
  ) {}

  /** The whole encoding as received: what is hashed and signed. */
  get bytes(): Uint8Array {
    return this.source.subarray(this.start, this.end)
  }

  /** The content octets, without tag and length. */
  get content(): Uint8Array {
    return this.source.subarray(this.head, this.end)
  }

  /** @throws DerError unless the tag is the one expected */
  expect(tag: number): this {
    if (this.tag !== tag) fail(`tag ${this.tag.toString(16)} where ${tag.toString(16)} belongs`)
    return this
  }

  /** The children of a value with this tag, their number between `min` and `max`. */
  items(tag: number = TAG.sequence, min = 0, max = Number.POSITIVE_INFINITY): readonly Der[] {
    this.expect(tag)
    if (this.children.length < min || this.children.length > max) fail('wrong number of fields')
    return this.children
  }

  /** The one value inside an EXPLICIT context tag. */
  explicit(number: number): Der {
    return this.items(0xa0 | number, 1, 1)[0]!
  }

  oid(): string {
    return oidText(this.expect(TAG.oid).content)
  }

  /** The content of an INTEGER: two's complement, minimal (checked when read). */
  integerBytes(): Uint8Array {
    return this.expect(TAG.integer).content
  }

  integer(): bigint {
    return signedInteger(this.integerBytes())
  }

  /** An INTEGER or ENUMERATED that fits 31 bits and is not negative. */
  smallInteger(tag: number = TAG.integer): number {
    const value = signedInteger(this.expect(tag).content)
    if (value < 0n || value > 0x7fffffffn) fail('number out of range')
    return Number(value)
  }

  boolean(tag: number = TAG.boolean): boolean {
    const { content } = this.expect(tag)
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) fail('BOOLEAN')
    return content[0] === 0xff
  }

  octets(): Uint8Array {
    return this.expect(TAG.octetString).content
  }

  /** A BIT STRING of whole bytes, as keys and signatures are. */
  bits(): Uint8Array {
    const { content } = this.expect(TAG.bitString)
    if (content[0] !== 0) fail('BIT STRING of odd bits')
    return content.subarray(1)
  }

  /** A UTCTime (1950 to 2049) or GeneralizedTime to the second in UTC, in ms. */
  time(): number {
    return timeMs(this)
  }
}

function signedInteger(content: Uint8Array): bigint {
  let value = content[0]! & 0x80 ? -1n : 0n
  for (const byte of content) value = (value << 8n) | BigInt(byte)
  return value
}

function timeMs(node: Der): number {
  if (node.content.length > 24) fail('time')
  const text = String.fromCharCode(...node.content)
  const utc = node.tag === TAG.utcTime
  if (!utc && node.tag !== TAG.generalizedTime) fail('time')
  const parts = (utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : GENERALIZED).exec(text)
  if (!parts) fail('time')
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as number[]
  const full = utc ? year! + (year! < 50 ? 2000 : 1900) : year!
  const date = new Date(0)
  date.setUTCFullYear(full, month! - 1, day)
  date.setUTCHours(hour!, minute, second)
  if (date.getUTCMonth() + 1 !== month || date.getUTCDate() !== day) fail('time')
  if (hour! > 23 || minute! > 59 || second! > 59) fail('time')
  return date.getTime() + Math.floor(Number(`0${parts[7] ?? ''}`) * 1000)
}

/** DER: a fraction has no trailing zero. */
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/

function oidText(content: Uint8Array): string {
  const parts: string[] = []
  let value = 0n
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte & 0x80) continue
    if (parts.length === 0) {
      const first = value < 80n ? value / 40n : 2n
      parts.push(String(first), String(value - first * 40n))
    } else parts.push(String(value))
    value = 0n
  }
  return parts.join('.')
}

/** What a primitive of a universal type must look like. */
function checkPrimitive(tag: number, b: Uint8Array, head: number, end: number): void {
  const size = end - head
  if (tag === TAG.integer || tag === TAG.enumerated) {
    if (size === 0) fail('empty INTEGER')
    const first = b[head]!
    const next = b[head + 1]! & 0x80
    if (size > 1 && ((first === 0 && !next) || (first === 0xff && next))) fail('padded INTEGER')
  } else if (tag === TAG.boolean) {
    if (size !== 1 || (b[head] !== 0 && b[head] !== 0xff)) fail('BOOLEAN')
  } else if (tag === TAG.null) {
    if (size !== 0) fail('NULL')
  } else if (tag === TAG.oid) {
    if (size === 0 || size > 64 || b[end - 1]! & 0x80) fail('OBJECT IDENTIFIER')
    for (let i = head; i < end; i++) {
      if (b[i] === 0x80 && (i === head || !(b[i - 1]! & 0x80))) fail('padded OBJECT IDENTIFIER')
    }
  } else if (tag === TAG.bitString) {
    const unused = b[head] ?? 8
    if (unused > 7 || (size === 1 && unused > 0)) fail('BIT STRING')
    if (size > 1 && b[end - 1]! & ((1 << unused) - 1)) fail('BIT STRING padded with ones')
  }
}

function readLength(b: Uint8Array, at: number, limit: number): [length: number, head: number] {
  const first = b[at] ?? fail('truncated')
  if (first < 0x80) return [first, at + 1]
  const count = first & 0x7f
  if (count === 0 || count > 4) fail('length')
  if (at + 1 + count > limit) fail('truncated')
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + b[at + 1 + i]!
  if (length < 0x80 || length < 256 ** (count - 1)) fail('length not minimal')
  return [length, at + 1 + count]
}

function readAt(b: Uint8Array, start: number, limit: number, depth: number): [Der, number] {
  if (depth < 1) fail('nested too deep')
  if (start + 2 > limit) fail('truncated')
  const tag = b[start]!
  if ((tag & 0x1f) === 0x1f) fail('high tag number')
  const [length, head] = readLength(b, start + 1, limit)
  const end = head + length
  if (end > limit) fail('truncated')
  const constructed = (tag & 0x20) !== 0
  if (tag < 0x40 && constructed !== ((tag & 0x1f) === 0x10 || (tag & 0x1f) === 0x11)) {
    fail('string in pieces, or flat SEQUENCE')
  }
  if (tag === 0) fail('end of contents')
  const children: Der[] = []
  if (constructed) {
    for (let at = head; at < end; ) {
      const [child, next] = readAt(b, at, end, depth - 1)
      children.push(child)
      at = next
    }
  } else checkPrimitive(tag, b, head, end)
  return [new Der(b, tag, start, head, end, children), end]
}

/**
 * Reads one value and all that is nested in it.
 * @param depth how deep values may nest: a container that holds a time-stamp token is two in one
 * @throws DerError unless the bytes are exactly one strict DER value, nested no deeper
 */
export function readDer(bytes: Uint8Array, depth: number = MAX_DEPTH): Der {
  // A Buffer's `slice` shares its memory: whoever changes a copy would change what was received.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [value, end] = readAt(plain, 0, plain.length, depth)
  if (end !== plain.length) fail('trailing bytes')
  return value
}
