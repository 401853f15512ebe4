/**
 * Exact rationals over BigInt, the only arithmetic that prices and scores meet. Nothing here rounds
 * but `round`, which is half up on the absolute value 四舍五入 and is called at named rounding
 * points alone. A float never enters: values come from integers or decimal text.
 */
export class Rational {
  /** Always in lowest terms, `denominator` > 0. */
  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static readonly zero = new Rational(0n, 1n)
  static readonly one = new Rational(1n, 1n)

  /** @throws RangeError on a zero denominator or a number that is not a safe integer */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    const n = integer(numerator)
    const d = integer(denominator)
    if (d === 0n) throw new RangeError('division by zero')
    const sign = d < 0n ? -1n : 1n
    const divisor = greatestCommonDivisor(n < 0n ? -n : n, d * sign)
    return new Rational((n * sign) / divisor, (d * sign) / divisor)
  }

  /**
   * Reads plain decimal text, e.g. `-2.345`: no exponent, no grouping, no white space.
   * @throws RangeError on anything else; whoever takes input checks it by schema first
   */
  static parse(text: string): Rational {
    const match = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?$/.exec(text)
    if (!match) throw new RangeError(`not a decimal: ${text}`)
    const fraction = match[3] ?? ''
    const n = BigInt(match[2]! + fraction)
    return Rational.of(match[1] ? -n : n, 10n ** BigInt(fraction.length))
  }

  static sum(values: readonly Rational[]): Rational {
    return values.reduce((total, value) => total.plus(value), Rational.zero)
  }

  /** @throws RangeError on an empty list: each caller has a named outcome for that */
  static mean(values: readonly Rational[]): Rational {
    return Rational.sum(values).dividedBy(Rational.of(values.length))
  }

  /** @throws RangeError on an empty list */
  static min(values: readonly Rational[]): Rational {
    return extreme(values, -1)
  }

  /** @throws RangeError on an empty list */
  static max(values: readonly Rational[]): Rational {
    return extreme(values, 1)
  }

  plus(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    )
  }

  minus(other: Rational): Rational {
    return this.plus(other.negated())
  }

  times(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator)
  }

  /** @throws RangeError where `other` is zero */
  dividedBy(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator)
  }

  negated(): Rational {
    return new Rational(-this.numerator, this.denominator)
  }

  abs(): Rational {
    return this.numerator < 0n ? this.negated() : this
  }

  /** -1, 0 or 1. */
  compare(other: Rational): -1 | 0 | 1 {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  equals(other: Rational): boolean {
    return this.compare(other) === 0
  }

  isLess(other: Rational): boolean {
    return this.compare(other) < 0
  }

  /** -1, 0 or 1. */
  sign(): -1 | 0 | 1 {
    return this.compare(Rational.zero)
  }

  /** Half up on the absolute value: 2.345 → 2.35, −2.345 → −2.35. */
  round(places: number): Rational {
    const scale = 10n ** BigInt(places)
    return Rational.of(roundedInteger(this, scale), scale)
  }

  /** Rounded half up and printed with exactly so many places; minus zero prints as zero. */
  toFixed(places: number): string {
    const scale = 10n ** BigInt(places)
    const n = roundedInteger(this, scale)
    const digits = (n < 0n ? -n : n).toString().padStart(places + 1, '0')
    const whole = digits.slice(0, digits.length - places)
    const fraction = digits.slice(digits.length - places)
    return `${n < 0n ? '-' : ''}${whole}${places > 0 ? `.${fraction}` : ''}`
  }

  /** The exact value as text: `12.5`, or `64089400/7` where no decimal ends. */
  toText(): string {
    let rest = this.denominator
    let twos = 0
    let fives = 0
    for (; rest % 2n === 0n; rest /= 2n) twos++
    for (; rest % 5n === 0n; rest /= 5n) fives++
    if (rest !== 1n) return `${this.numerator}/${this.denominator}`
    return this.toFixed(Math.max(twos, fives))
  }

  /** @throws RangeError where the value is no integer or no safe number */
  toInteger(): number {
    if (this.denominator !== 1n) throw new RangeError(`not an integer: ${this.toText()}`)
    const value = Number(this.numerator)
    if (!Number.isSafeInteger(value)) throw new RangeError(`too large: ${this.toText()}`)
    return value
  }

  /** The largest integer not above the value. */
  floor(): Rational {
    const quotient = this.numerator / this.denominator
    const isBelow = this.numerator < 0n && quotient * this.denominator !== this.numerator
    return Rational.of(isBelow ? quotient - 1n : quotient)
  }
}

function integer(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`)
  return BigInt(value)
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

function extreme(values: readonly Rational[], direction: -1 | 1): Rational {
  const [first, ...rest] = values
  if (!first) throw new RangeError('no values')
  return rest.reduce((best, value) => (value.compare(best) === direction ? value : best), first)
}

function roundedInteger(value: Rational, scale: bigint): bigint {
  const scaled = value.numerator * scale
  const magnitude = scaled < 0n ? -scaled : scaled
  const rounded = (magnitude * 2n + value.denominator) / (value.denominator * 2n)
  return scaled < 0n ? -rounded : rounded
}
