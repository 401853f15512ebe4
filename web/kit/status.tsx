import { type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Icon, type IconName } from './icons.tsx'

/** A colour has one meaning, always with a word. */
export type Tone = 'plain' | 'act' | 'sun' | 'sealed' | 'ok' | 'warn' | 'danger'

export function Tag(props: { tone?: Tone; children: JSX.Element }): JSX.Element {
  return (
    <span class="yg-tag" data-tone={props.tone}>
      <Show when={props.tone === 'sealed'}>
        <Icon name="lock" size={14} />
      </Show>
      {props.children}
    </span>
  )
}

const noticeIcons: Record<string, IconName> = {
  ok: 'check',
  warn: 'alert',
  danger: 'alert',
  sealed: 'lock',
}

/** Something to know before going on. `live`: it appears while the person works. */
export function Notice(props: {
  tone?: 'plain' | 'ok' | 'warn' | 'danger' | 'sealed'
  title?: string
  live?: 'polite' | 'assertive'
  children?: JSX.Element
}): JSX.Element {
  return (
    <div
      class="yg-notice"
      data-tone={props.tone}
      role={props.live === 'assertive' ? 'alert' : props.live === 'polite' ? 'status' : undefined}
    >
      <Icon name={noticeIcons[props.tone ?? ''] ?? 'info'} />
      <div class="yg-notice-body">
        <Show when={props.title}>
          <p class="yg-notice-title">{props.title}</p>
        </Show>
        {props.children}
      </div>
    </div>
  )
}

/** Why an act was not done, said at once to who listens; nothing where there is no reason. */
export function RefusalNote(props: { text: string | null | undefined }): JSX.Element {
  return (
    <Show when={props.text}>
      <Notice tone="danger" live="assertive">
        {props.text}
      </Notice>
    </Show>
  )
}

/** Nothing there yet: what comes, when, and the one thing to do. */
export function Empty(props: { title: string; children?: JSX.Element }): JSX.Element {
  return (
    <div class="yg-empty">
      <p class="yg-empty-title">{props.title}</p>
      {props.children}
    </div>
  )
}

/**
 * A skeleton of what is on its way, seen after 300 ms.
 * @param props.isPart a part of a page that stands: it takes no more room than its lines
 */
export function Loading(props: { lines?: number; isPart?: boolean }): JSX.Element {
  return (
    <div class="yg-skeleton" role="status" data-part={props.isPart ? '' : undefined}>
      <span class="yg-hidden-text">{t('kit.loading')}</span>
      {Array.from({ length: props.lines ?? 6 }, () => (
        <div class="yg-skeleton-line" aria-hidden="true" />
      ))}
    </div>
  )
}
