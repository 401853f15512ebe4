import { type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { WayOn } from '../kit/page.tsx'
import { Loading, Notice } from '../kit/status.tsx'
import type { Live } from '../shell/create-live.ts'

/** What a page reads beside its trade: coming, refused, or shown with the time it was read. */
export function Reading<T>(props: {
  of: Live<T>
  children: (value: () => T) => JSX.Element
}): JSX.Element {
  const isMissing = () => props.of() === undefined
  return (
    <>
      <Show when={props.of.problem()}>
        {(problem) => (
          <Notice
            tone="warn"
            live="polite"
            title={
              isMissing()
                ? undefined
                : t('kit.page.stale', { time: time(new Date(props.of.at()).toISOString()) })
            }
          >
            <p>{problem().message}</p>
            <WayOn slug={problem().slug} onRetry={() => void props.of.refresh()} />
          </Notice>
        )}
      </Show>
      <Show when={isMissing() && !props.of.problem()}>
        <Loading />
      </Show>
      <Show when={props.of()}>{(value) => props.children(value as () => T)}</Show>
    </>
  )
}
