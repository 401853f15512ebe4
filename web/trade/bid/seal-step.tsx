import { type JSX, Match, Show, Switch } from 'solid-js'
import { size } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { CheckList } from '../../kit/check-list.tsx'
import { Section } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Notice } from '../../kit/status.tsx'
import { UploadSeal } from '../../kit/upload-seal.tsx'
import { ScaleQuestion } from './scale.tsx'
import type { Sealing } from './sealing.ts'
import type { StepId } from './steps.ts'
import type { Workspace } from './workspace.ts'

/** 封装: sealed on this device, sent, kept, and opened again as a test. */
export function SealStep(props: {
  work: Workspace
  sealing: Sealing
  /** Ms until the deadline. */
  leftMs: number
  href: (id: StepId) => string
}): JSX.Element {
  const progress = () => props.sealing.progress()
  const name = () => {
    const [first] = props.work.draft.files
    const count = props.work.draft.files.length
    return t(count > 1 ? 'bid.seal.andMore' : 'bid.seal.one', { name: first?.name ?? '', count })
  }
  const off = () => {
    if (props.work.price().problems.length > 0) return t('bid.seal.priceFirst')
    if (props.work.draft.files.length === 0) return t('bid.seal.filesFirst')
    if (props.work.badFiles().length > 0) return t('bid.seal.mendFirst')
    if (props.work.other()) return t('bid.seal.otherFirst')
    if (props.work.scaleDoubt() && !props.work.isScaleConfirmed()) return t('bid.seal.scaleFirst')
    return props.sealing.pair() ? null : t('bid.seal.certificateFirst')
  }
  return (
    <Section title={t('bid.seal.title')} card>
      <Notice tone="sealed">
        <p>{t('bid.seal.promise')}</p>
        <p>{t('bid.seal.honest')}</p>
      </Notice>
      <Show when={props.sealing.problem()}>
        {(problem) => (
          <Notice tone={problem().slug === 'cancelled' ? 'plain' : 'danger'} live="assertive">
            {problem().message}
          </Notice>
        )}
      </Show>
      <Show when={props.sealing.isOutdated()}>
        <Notice tone="warn" live="polite">
          {t('bid.seal.outdated')}
        </Notice>
      </Show>
      <Switch>
        <Match when={props.sealing.isTesting()}>
          <CheckList
            label={t('bid.test.title')}
            rows={[{ id: 'busy', text: t('bid.test.busy'), state: 'busy' }]}
          />
        </Match>
        <Match when={progress()}>
          {(one) => (
            <UploadSeal
              name={name()}
              bytes={props.work.totalBytes()}
              progress={one()}
              isTooSlow={(one().leftMs ?? 0) > props.leftMs}
              onPause={props.sealing.pause}
              onResume={props.sealing.resume}
              onCancel={props.sealing.cancel}
            />
          )}
        </Match>
        <Match when={props.sealing.sealed()}>
          {(sealed) => (
            <>
              <Tested sealed={sealed()} />
              <div class="yg-row">
                <ButtonLink kind="primary" href={props.href('keep')}>
                  {t('bid.seal.next')}
                </ButtonLink>
                <Button off={off()} onPress={() => void props.sealing.seal()}>
                  {t('bid.seal.again')}
                </Button>
              </div>
            </>
          )}
        </Match>
        <Match when={true}>
          <ScaleQuestion work={props.work} />
          <div class="yg-row">
            <Button kind="primary" off={off()} onPress={() => void props.sealing.seal()}>
              {t('bid.seal.verb')}
            </Button>
          </div>
          <p class="yg-note">{t('bid.seal.early')}</p>
        </Match>
      </Switch>
    </Section>
  )
}

function Tested(props: { sealed: NonNullable<ReturnType<Sealing['sealed']>> }): JSX.Element {
  const { summary, test } = props.sealed
  return (
    <>
      <CheckList
        label={t('bid.test.title')}
        rows={[
          {
            id: 'wrap',
            text: t(test.isUnwrapped ? 'bid.test.wrap' : 'bid.test.noWrap'),
            state: test.isUnwrapped ? 'good' : 'look',
          },
          { id: 'text', text: t('bid.test.text'), state: 'good' },
          { id: 'files', text: t('bid.test.files', { count: test.files }), state: 'good' },
          {
            id: 'sizes',
            text: t('bid.test.sizes', {
              count: summary.blobs.length,
              size: size(summary.blobs.reduce((sum, blob) => sum + blob.bytes, 0)),
            }),
            state: 'good',
            note: t('bid.test.sizesNote'),
          },
        ]}
      />
      <p>
        {t('bid.seal.digest')} <Hash value={summary.headerHash} label={t('bid.seal.digest')} />
      </p>
      <Notice>{t('bid.seal.notYet')}</Notice>
    </>
  )
}
