import { DerError, MAX_DEPTH } from '../formats/der.ts'
import { tlv } from '../formats/der-write.ts'

/**
 * BER into DER, for key files alone: export tools write indefinite lengths and strings in pieces.
 * Signatures never come here.
 * @source ITU-T X.690 clause 8
 */
export function derOfBer(bytes: Uint8Array): Uint8Array {
  const [value, end] = convert(bytes, 0, bytes.length, 1)
  if (end !== bytes.length) throw new DerError('trailing bytes')
  return value
}

/** Length, or null for an indefinite one, and where the content starts. */
function lengthAt(b: Uint8Array, at: number, limit: number): [length: number | null, head: number] {
  const first = b[at]
  if (first === undefined || at >= limit) throw new DerError('truncated')
  if (first < 0x80) return [first, at + 1]
  if (first === 0x80) return [null, at + 1]
  let length = 0
  const count = first & 0x7f
  if (count > 6 || at + 1 + count > limit) throw new DerError('length')
  for (let i = 1; i <= count; i++) length = length * 256 + b[at + i]!
  return [length, at + 1 + count]
}

function convert(b: Uint8Array, start: number, limit: number, depth: number): [Uint8Array, number] {
  if (depth > MAX_DEPTH) throw new DerError('nested too deep')
  const tag = b[start]
  if (tag === undefined || start >= limit) throw new DerError('truncated')
  const [length, head] = lengthAt(b, start + 1, limit)
  const end = length === null ? limit : head + length
  if (end > limit || (length === null && !(tag & 0x20))) throw new DerError('truncated')
  if (!(tag & 0x20)) return [tlv(tag, b.subarray(head, end)), end]
  const parts: Uint8Array[] = []
  let at = head
  while (length === null || at < end) {
    if (length === null && b[at] === 0 && b[at + 1] === 0) {
      at += 2
      break
    }
    const [part, next] = convert(b, at, end, depth + 1)
    parts.push(part)
    at = next
  }
  return [join(tag, parts), at]
}

/** A string in pieces becomes one. An implicitly tagged one can't be told apart here. */
function join(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  return tag === 0x24 ? tlv(0x04, ...parts.map(contentOf)) : tlv(tag, ...parts)
}

function contentOf(der: Uint8Array): Uint8Array {
  const long = der[1]! & 0x80 ? der[1]! & 0x7f : 0
  return der.subarray(2 + long)
}
