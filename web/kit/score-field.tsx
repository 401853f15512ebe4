import type { JSX } from 'solid-js'
import { halfWidth } from '../../server/kernel/money.ts'
import { Rational } from '../../server/kernel/rational.ts'
import { t } from '../i18n/i18n.ts'
import { type FieldFrame, Frame, frameOf } from './field.tsx'

export interface ScoreFieldProps extends FieldFrame {
  /** Decimal text, or '' where none is given yet. */
  readonly value: string
  readonly max: string
  readonly step: string
  readonly onValue: (value: string) => void
}

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

/** Points for one item; ↑ and ↓ move by a step. */
export function ScoreField(props: ScoreFieldProps): JSX.Element {
  const wrong = () =>
    props.value !== '' && scoreProblem(props.value, props.max, props.step)
      ? t('kit.score.range', { max: props.max, step: props.step })
      : null
  return (
    <Frame {...frameOf(props)} error={props.error ?? wrong()} width={props.width ?? 'short'}>
      {(ids) => (
        <span class="yg-input-line">
          <input
            class="yg-input"
            id={ids.id}
            name={props.name}
            inputmode="decimal"
            autocomplete="off"
            data-align="end"
            value={props.value}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid}
            onInput={(e) => props.onValue(halfWidth(e.currentTarget.value).trim())}
            onKeyDown={(e) => {
              if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return
              e.preventDefault()
              props.onValue(
                stepped(props.value, props.max, props.step, e.key === 'ArrowUp' ? 1 : -1),
              )
            }}
          />
          <span class="yg-input-unit">
            {t('kit.score.unit', { max: props.max, step: props.step })}
          </span>
        </span>
      )}
    </Frame>
  )
}
