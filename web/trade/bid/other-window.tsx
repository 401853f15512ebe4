import { type JSX, Show } from 'solid-js'
import { time, yuan } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Facts } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { Workspace } from './workspace.ts'

/** Another window has changed the draft: both are kept until its bidder has chosen one. */
export function OtherWindow(props: { work: Workspace }): JSX.Element {
  const told = (totalFen: number | null, files: number) =>
    t('bid.other.holds', {
      price: totalFen === null ? t('bid.other.noPrice') : yuan(totalFen),
      files,
    })
  return (
    <Show when={props.work.other()}>
      {(other) => (
        <Notice tone="warn" live="assertive" title={t('bid.other.title')}>
          <p>{t('bid.other.text')}</p>
          <Facts
            rows={[
              {
                name: t('bid.other.theirs', {
                  time: time(new Date(other().savedAt).toISOString()),
                }),
                value: told(other().totalFen, other().files),
              },
              {
                name: t('bid.other.mine'),
                value: told(props.work.price().totalFen, props.work.draft.files.length),
              },
            ]}
          />
          <div class="yg-row">
            <Button onPress={() => void props.work.chooseTheirs()}>
              {t('bid.other.useTheirs')}
            </Button>
            <Button onPress={() => void props.work.chooseMine()}>{t('bid.other.useMine')}</Button>
          </div>
        </Notice>
      )}
    </Show>
  )
}
