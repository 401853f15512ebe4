import type { JSX } from 'solid-js'
import { halfWidth } from '../../server/kernel/money.ts'
import { t } from '../i18n/i18n.ts'
import { type FieldFrame, Frame, frameOf } from './field.tsx'
import { scoreProblem, stepped } from './score.ts'

export interface ScoreFieldProps extends FieldFrame {
  /** Decimal text, or '' where none is given yet. */
  readonly value: string
  readonly max: string
  readonly step: string
  readonly onValue: (value: string) => void
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
