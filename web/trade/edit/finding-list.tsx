import { For, type JSX, Show } from 'solid-js'
import type { Finding } from '../../../server/tendering/project/finding.ts'
import { limit } from '../../i18n/format.ts'
import { pick, t } from '../../i18n/i18n.ts'
import { Notice } from '../../kit/status.tsx'

/** What the law doesn't allow as it stands: the article, and the lawful value that is offered. */
export function FindingList(props: {
  findings: readonly Finding[]
  /** Something to do with one finding, such as a reason for waiving it. */
  each?: (finding: Finding) => JSX.Element
}): JSX.Element {
  return (
    <For each={props.findings}>
      {(finding) => (
        <Notice
          tone="warn"
          title={t('edit.finding', { text: pick(finding), source: finding.source })}
        >
          <Show when={finding.earliest}>
            {(earliest) => (
              <p>
                {t('edit.finding.earliest', {
                  time: earliest().includes('T') ? limit(earliest()) : earliest(),
                })}
              </p>
            )}
          </Show>
          <Show when={finding.lawful && !/Fen/.test(finding.fields.join())}>
            <p>{t('edit.finding.lawful', { value: finding.lawful ?? '' })}</p>
          </Show>
          <Show when={finding.change !== 'none'}>
            <p class="yg-note">{t('edit.finding.waivable')}</p>
          </Show>
          {props.each?.(finding)}
        </Notice>
      )}
    </For>
  )
}
