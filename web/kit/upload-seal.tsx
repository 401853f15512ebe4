import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { left, size } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from './button.tsx'
import { Notice } from './status.tsx'

/** Shares done, 0 to 1; `keep` is null until the server has anything to keep. */
export interface SealProgress {
  readonly seal: number
  readonly upload: number
  readonly keep: number | null
  readonly bytesPerSecond: number | null
  readonly leftMs: number | null
  readonly state: 'running' | 'paused' | 'broken' | 'done'
}

/** Files on their way: sealed on this device, sent, kept. Only ciphertext leaves. */
export function UploadSeal(props: {
  name: string
  bytes: number
  progress: SealProgress
  /** Where the estimate passes the deadline. */
  isTooSlow?: boolean
  onPause?: () => void
  onResume?: () => void
  onCancel?: () => void
}): JSX.Element {
  const [spoken, setSpoken] = createSignal('')
  const quarter = () => Math.floor(props.progress.upload * 4)
  createEffect(
    on(
      quarter,
      () => setSpoken(t('kit.upload.spoken', { percent: percent(props.progress.upload) })),
      {
        defer: true,
      },
    ),
  )
  return (
    <div class="yg-upload">
      <div class="yg-list-top">
        <span class="yg-list-name">{props.name}</span>
        <span>{size(props.bytes)}</span>
      </div>
      <div class="yg-upload-phases">
        <Phase kind="seal" text={t('kit.upload.seal')} share={props.progress.seal} />
        <Phase kind="upload" text={t('kit.upload.upload')} share={props.progress.upload} />
        <Phase kind="keep" text={t('kit.upload.keep')} share={props.progress.keep} />
      </div>
      <Show when={props.isTooSlow && props.progress.state === 'running'}>
        <Notice tone="danger" live="assertive">
          {t('kit.upload.tooSlow')}
        </Notice>
      </Show>
      <Show when={props.progress.state === 'broken'}>
        <Notice tone="warn" live="polite">
          {t('kit.upload.broken', { percent: percent(props.progress.upload) })}
        </Notice>
      </Show>
      <div class="yg-row" data-spread="">
        <span class="yg-note">
          <Show when={props.progress.state === 'running' && props.progress.leftMs}>
            {(ms) => (
              <>
                {t('kit.upload.rate', {
                  rate: size(props.progress.bytesPerSecond ?? 0),
                  left: left(ms()),
                })}
              </>
            )}
          </Show>
        </span>
        <span class="yg-row">
          <Show when={props.progress.state === 'running' && props.onPause}>
            <Button small onPress={props.onPause}>
              {t('kit.upload.pause')}
            </Button>
          </Show>
          <Show when={['paused', 'broken'].includes(props.progress.state) && props.onResume}>
            <Button small onPress={props.onResume}>
              {t('kit.upload.resume')}
            </Button>
          </Show>
          <Show when={props.progress.state !== 'done' && props.onCancel}>
            <Button small kind="plain" onPress={props.onCancel}>
              {t('kit.upload.cancel')}
            </Button>
          </Show>
        </span>
      </div>
      <span class="yg-hidden-text" role="status">
        {spoken()}
      </span>
    </div>
  )
}

const percent = (share: number) => Math.floor(share * 100)

function Phase(props: { kind: string; text: string; share: number | null }): JSX.Element {
  return (
    <div class="yg-upload-phase" data-kind={props.kind}>
      <span>
        {props.text} {props.share === null ? t('kit.upload.waits') : `${percent(props.share)}%`}
      </span>
      <progress max={1} value={props.share ?? 0} aria-label={props.text} />
    </div>
  )
}
