import { type Bytes, utf8 } from './bytes.ts'
import { assert, FormatError } from './problem.ts'

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** `value`, or why the bytes are refused. */
export type Parsed<T, P extends string> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly problem: P; readonly offset?: number }

export type CanonicalProblem = 'json-too-large' | 'json-too-deep' | 'json-not-canonical'

/** Bounds of what is read; the defaults suit events and acts. */
export interface CanonicalLimits {
  readonly maxBytes?: number
  readonly maxDepth?: number
}

/** Deeper nesting is refused by every reader and a bug in every writer. */
export const canonicalMaxDepth = 64
const defaultMaxBytes = 4 * 1024 * 1024

const loneSurrogate = /\p{Surrogate}/u // with `u` a pair is one code point, so this finds lone ones

interface Rules {
  readonly maxDepth: number
  /** Yangguang's profile: NFC texts, integers up to 2^53-1, no `__proto__`. */
  readonly profile: boolean
}

/**
 * Any JSON value as RFC 8785 text. For what is hashed or signed use `canonicalBytes`.
 * @throws FormatError `json-not-canonical` for a lone surrogate, NaN, ±Infinity or what is not
 *   JSON; `json-too-deep` beyond 64 levels. Properties that are undefined are left out.
 * @source RFC 8785
 */
export function canonicalize(value: unknown): string {
  return write(value, 0, { maxDepth: canonicalMaxDepth, profile: false })
}

/**
 * The only bytes that stand for a value in everything that Yangguang hashes or signs: RFC 8785, but
 * texts in NFC and numbers integers up to ±(2^53-1), as money is in fen. Texts of users are brought
 * to NFC where they come in (`parseJson`), not here.
 * @throws FormatError as `canonicalize`, and for a text not in NFC, a fraction, a larger number
 */
export function canonicalBytes(value: unknown): Bytes {
  return utf8(write(value, 0, { maxDepth: canonicalMaxDepth, profile: true }))
}

/**
 * Reads bytes that must be exactly `canonicalBytes` of some value: so equal values have equal
 * digests, and no reader sees another value in the same bytes. Refuses duplicate keys, spaces, other
 * orders and escapes, -0, exponents, fractions, lone surrogates, texts not in NFC, a byte order mark.
 */
export function parseCanonical(
  bytes: Uint8Array,
  { maxBytes = defaultMaxBytes, maxDepth = canonicalMaxDepth }: CanonicalLimits = {},
): Parsed<Json, CanonicalProblem> {
  if (bytes.length > maxBytes) return { problem: 'json-too-large' }
  try {
    // Not `fromUtf8`: the same refusal for bad UTF-8 and bad JSON.
    const text = strictDecoder.decode(bytes)
    // The engine's parser takes what ours would refuse; whatever it lost or joined (a duplicate key,
    // digits, an escape) shows when the value is written again.
    const value: unknown = JSON.parse(text)
    if (write(value, 0, { maxDepth, profile: true }) !== text) {
      return { problem: 'json-not-canonical' }
    }
    return { value: value as Json }
  } catch (error) {
    if (error instanceof FormatError && error.problem === 'json-too-deep') {
      return { problem: 'json-too-deep' }
    }
    return { problem: 'json-not-canonical' }
  }
}
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function write(value: unknown, depth: number, rules: Rules): string {
  switch (typeof value) {
    case 'string':
      return writeText(value, rules)
    case 'number':
      return writeNumber(value, rules)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      break
    default:
      throw new FormatError('json-not-canonical', { field: typeof value })
  }
  if (value === null) return 'null'
  if (depth >= rules.maxDepth) throw new FormatError('json-too-deep')
  if (Array.isArray(value)) {
    let text = '['
    for (let i = 0; i < value.length; i++) {
      text += (i > 0 ? ',' : '') + write(value[i], depth + 1, rules)
    }
    return `${text}]`
  }
  return writeObject(value, depth, rules)
}

function writeObject(value: object, depth: number, rules: Rules): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new FormatError('json-not-canonical', { field: 'not a plain object' })
  }
  const fields = value as Record<string, unknown>
  let text = ''
  // The default order of `sort` is by UTF-16 code units, which is what RFC 8785 §3.2.3 asks.
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue
    if (rules.profile && key === '__proto__') throw new FormatError('json-not-canonical')
    text += `${text === '' ? '' : ','}${writeText(key, rules)}:`
    text += write(fields[key], depth + 1, rules)
  }
  return `{${text}}`
}

/** Printable ASCII without what JSON escapes: most texts by far, and always in NFC. */
const plainText = /^[ !#-[\]-~]*$/

function writeText(text: string, rules: Rules): string {
  if (plainText.test(text)) return `"${text}"`
  if (loneSurrogate.test(text)) throw new FormatError('json-not-canonical', { field: 'surrogate' })
  if (rules.profile && text.normalize('NFC') !== text) {
    throw new FormatError('json-not-canonical', { field: 'not NFC' })
  }
  return JSON.stringify(text)
}

function writeNumber(value: number, rules: Rules): string {
  const fits = rules.profile ? Number.isSafeInteger(value) : Number.isFinite(value)
  if (!fits) throw new FormatError('json-not-canonical', { field: 'number' })
  return JSON.stringify(value)
}

/**
 * An object of JSON, for the checks of a shape.
 * @returns null for anything else
 */
export const asObject = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null

/**
 * True where the object has exactly these keys: a reader that ignores an unknown key lets two
 * parties understand one signed text differently.
 */
export function hasExactly(object: JsonObject, keys: readonly string[]): boolean {
  assert(new Set(keys).size === keys.length, 'keys are named once')
  return Object.keys(object).length === keys.length && keys.every((k) => Object.hasOwn(object, k))
}
