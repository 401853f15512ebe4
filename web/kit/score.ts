import { Rational } from '../../server/kernel/rational.ts'

/** Null where the points may be given: from 0 to `max` in whole steps; else why not. */
export function scoreProblem(
  value: string,
  max: string,
  step: string,
): 'unreadable' | 'range' | null {
  if (!/^(0|[1-9]\d{0,5})(\.\d{1,6})?$/.test(value)) return 'unreadable'
  const points = Rational.parse(value)
  const steps = points.dividedBy(Rational.parse(step))
  return Rational.parse(max).isLess(points) || steps.denominator !== 1n ? 'range' : null
}

/** One step up or down, kept between 0 and `max`. */
export function stepped(value: string, max: string, step: string, by: 1 | -1): string {
  const from = scoreProblem(value, max, step) === null ? Rational.parse(value) : Rational.zero
  const next = by === 1 ? from.plus(Rational.parse(step)) : from.minus(Rational.parse(step))
  if (next.sign() < 0) return '0'
  return Rational.parse(max).isLess(next) ? max : next.toText()
}
