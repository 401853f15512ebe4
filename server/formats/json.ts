import { utf8 } from './bytes.ts'
import type { Json, Parsed } from './jcs.ts'
import { FormatError } from './problem.ts'

export type JsonProblem =
  | 'json-malformed'
  | 'json-duplicate-key'
  | 'json-too-deep'
  | 'json-too-large'
  | 'json-number-unsafe'

export interface JsonLimits {
  /** Of the UTF-8 text. */
  readonly maxBytes: number
  readonly maxDepth?: number
  /** Brings keys and texts to NFC, so that what is stored is what can be signed. Default true. */
  readonly normalize?: boolean
}

/**
 * Reads JSON of strangers (RFC 8259, UTF-8, no byte order mark), refusing what parsers disagree on:
 * duplicate keys, lone surrogates, numbers that lose precision or sign (-0, 1e400, integers beyond
 * 2^53-1, more digits than a double keeps). `__proto__` is `json-malformed`. Never throws.
 */
export function parseJson(
  input: string | Uint8Array,
  limits: JsonLimits,
): Parsed<Json, JsonProblem> {
  // A UTF-16 unit is at most 3 bytes: a text is measured exactly only where that matters.
  if (input.length > limits.maxBytes) return { problem: 'json-too-large' }
  let text: string
  if (typeof input === 'string') {
    if (input.length * 3 > limits.maxBytes && utf8(input).length > limits.maxBytes) {
      return { problem: 'json-too-large' }
    }
    text = input
  } else {
    try {
      text = strictDecoder.decode(input)
    } catch {
      return { problem: 'json-malformed' }
    }
  }
  const reader = new Reader(text, limits.maxDepth ?? 32, limits.normalize ?? true)
  try {
    return { value: reader.document() }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { problem: error.problem as JsonProblem, offset: error.place.offset }
  }
}
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const spaces = /[ \t\n\r]*/y
const numbers = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const loneSurrogate = /\p{Surrogate}/u

/** A cursor over one text. Recursion is bounded by `maxDepth`. */
class Reader {
  private at = 0
  private readonly text: string
  private readonly maxDepth: number
  private readonly normalize: boolean

  constructor(text: string, maxDepth: number, normalize: boolean) {
    this.text = text
    this.maxDepth = maxDepth
    this.normalize = normalize
  }

  document(): Json {
    const value = this.value(0)
    this.skipSpaces()
    if (this.at !== this.text.length) throw this.problem('json-malformed')
    return value
  }

  private value(depth: number): Json {
    this.skipSpaces()
    switch (this.text[this.at]) {
      case '{':
        return this.object(this.deeper(depth))
      case '[':
        return this.array(this.deeper(depth))
      case '"':
        return this.string()
      case 't':
        return this.word('true', true)
      case 'f':
        return this.word('false', false)
      case 'n':
        return this.word('null', null)
      default:
        return this.number()
    }
  }

  private object(depth: number): Json {
    const object: Record<string, Json> = {}
    this.at++
    if (this.takes('}')) return object
    do {
      this.skipSpaces()
      const start = this.at
      const key = this.string()
      if (key === '__proto__') throw this.problem('json-malformed', start)
      if (Object.hasOwn(object, key)) throw this.problem('json-duplicate-key', start)
      if (!this.takes(':')) throw this.problem('json-malformed')
      object[key] = this.value(depth)
    } while (this.takes(','))
    if (!this.takes('}')) throw this.problem('json-malformed')
    return object
  }

  private array(depth: number): Json {
    const array: Json[] = []
    this.at++
    if (this.takes(']')) return array
    do array.push(this.value(depth))
    while (this.takes(','))
    if (!this.takes(']')) throw this.problem('json-malformed')
    return array
  }

  private string(): string {
    const start = this.at
    const text = this.unquote(this.quoted())
    if (loneSurrogate.test(text)) throw this.problem('json-malformed', start)
    return this.normalize ? text.normalize('NFC') : text
  }

  /** The text of one string with its quotes; a loop, as a pattern needs stack for each character. */
  private quoted(): string {
    const start = this.at
    if (this.text[start] !== '"') throw this.problem('json-malformed')
    let end = start + 1
    for (; ; end++) {
      const unit = this.text.charCodeAt(end) // NaN at the end of the text
      if (unit === 0x22) break
      if (unit === 0x5c) end++
      else if (!(unit >= 0x20))
        throw this.problem('json-malformed', Math.min(end, this.text.length))
    }
    this.at = end + 1
    return this.text.slice(start, this.at)
  }

  private unquote(quoted: string): string {
    try {
      // What JSON.parse does with one string is plain: check its escapes and undo them.
      return JSON.parse(quoted) as string
    } catch {
      throw this.problem('json-malformed', this.at - quoted.length)
    }
  }

  private number(): number {
    const start = this.at
    const text = this.match(numbers)
    const value = Number(text)
    if (!keepsValue(text, value)) throw this.problem('json-number-unsafe', start)
    return value
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.problem('json-malformed')
    this.at += word.length
    return value
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) throw this.problem('json-malformed')
    this.at = pattern.lastIndex
    return found[0]
  }

  private takes(mark: string): boolean {
    this.skipSpaces()
    if (this.text[this.at] !== mark) return false
    this.at++
    return true
  }

  private skipSpaces(): void {
    spaces.lastIndex = this.at
    spaces.exec(this.text)
    this.at = spaces.lastIndex
  }

  private deeper(depth: number): number {
    if (depth >= this.maxDepth) throw this.problem('json-too-deep')
    return depth + 1
  }

  private problem(slug: JsonProblem, offset = this.at): FormatError<JsonProblem> {
    return new FormatError(slug, { offset })
  }
}

/** True where the double stands for the very number that was written. */
function keepsValue(text: string, value: number): boolean {
  if (!Number.isFinite(value) || Object.is(value, -0)) return false
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false
  return decimal(text) === decimal(String(value))
}

/** One spelling for each decimal number: sign, digits without outer zeros, power of ten. */
function decimal(text: string): string {
  const [, sign, whole, fraction = '', exponent = '0'] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text)!
  const digits = (whole! + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power = Number(exponent) - fraction.length + (digits.length - significant.length)
  return `${sign}${significant}e${power}`
}
