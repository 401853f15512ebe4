import { createEffect, createSignal, type JSX, on } from 'solid-js'
import { formatYuan, parseFigures } from '../../server/kernel/money.ts'
import { toWords } from '../../server/kernel/money-words.ts'
import { t } from '../i18n/i18n.ts'
import { type FieldFrame, Frame, frameOf } from './field.tsx'

export interface MoneyFieldProps extends FieldFrame {
  /** Integer fen; null while nothing readable stands there. */
  readonly fen: number | null
  readonly onFen: (fen: number | null) => void
}

/** An amount in yuan, read as people paste it (`1,286,000元`, full-width); capitals are echoed. */
export function MoneyField(props: MoneyFieldProps): JSX.Element {
  const [text, setText] = createSignal(shown(props.fen))
  const [wrong, setWrong] = createSignal<string | null>(null)
  // A value from outside replaces the text only where it means another amount.
  createEffect(
    on(
      () => props.fen,
      (fen) => {
        const typed = parseFigures(text())
        const same = 'fen' in typed ? typed.fen === fen : fen === null
        if (!same) setText(shown(fen))
      },
      { defer: true },
    ),
  )

  function take(value: string): void {
    setText(value)
    setWrong(null)
    const read = value.trim() === '' ? null : parseFigures(value)
    props.onFen(read && 'fen' in read ? read.fen : null)
  }

  function settle(): void {
    const read = parseFigures(text())
    if ('fen' in read) setText(formatYuan(read.fen))
    else if (text().trim() !== '') setWrong(t(`kit.money.${read.problem}`))
  }

  return (
    <Frame
      {...frameOf(props)}
      error={props.error ?? wrong()}
      echo={props.fen === null ? undefined : toWords(props.fen)}
      width={props.width ?? 'medium'}
    >
      {(ids) => (
        <span class="yg-input-line">
          <input
            class="yg-input"
            id={ids.id}
            name={props.name}
            inputmode="decimal"
            autocomplete="off"
            data-align="end"
            value={text()}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid}
            onInput={(e) => take(e.currentTarget.value)}
            onChange={settle}
          />
          <span class="yg-input-unit">{t('kit.money.unit')}</span>
        </span>
      )}
    </Frame>
  )
}

const shown = (fen: number | null) => (fen === null ? '' : formatYuan(fen))
