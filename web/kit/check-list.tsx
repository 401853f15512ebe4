import { For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Icon, type IconName } from './icons.tsx'

export interface CheckRow {
  readonly id: string
  readonly text: JSX.Element
  readonly state: 'good' | 'look' | 'bad' | 'busy' | 'todo'
  readonly note?: JSX.Element
}

const marks: Record<CheckRow['state'], IconName> = {
  good: 'check',
  look: 'alert',
  bad: 'cross',
  busy: 'clock',
  todo: 'info',
}

/** Things that were looked at, each with what came of it. */
export function CheckList(props: { label: string; rows: readonly CheckRow[] }): JSX.Element {
  return (
    <ul class="yg-checks" aria-label={props.label}>
      <For each={props.rows}>
        {(row) => (
          <li class="yg-checks-row" data-state={row.state}>
            <Icon name={marks[row.state]} size={18} />
            <span>
              <span class="yg-hidden-text">{t(`kit.check.${row.state}`)}</span>
              {row.text}
              <Show when={row.note}>
                <span class="yg-checks-note">{row.note}</span>
              </Show>
            </span>
          </li>
        )}
      </For>
    </ul>
  )
}
