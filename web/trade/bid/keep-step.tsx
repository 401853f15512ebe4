import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Empty, Notice, RefusalNote } from '../../kit/status.tsx'
import { SecretFileForm } from '../../shell/key-file.tsx'
import { saveFile } from '../../shell/save-file.ts'
import { askSealer } from '../../shell/sealer.ts'
import { useAct } from '../use-act.ts'
import type { Sealing } from './sealing.ts'
import type { StepId } from './steps.ts'
import type { Workspace } from './workspace.ts'

const leastLetters = 12

/** 恢复文件: the bid's secret under a pass phrase, saved, then opened again here as a test. */
export function KeepStep(props: {
  work: Workspace
  sealing: Sealing
  href: (id: StepId) => string
}): JSX.Element {
  return (
    <Section title={t('bid.keep.title')} note={t('bid.keep.why')} card>
      <Show when={props.sealing.sealed()} fallback={<Empty title={t('bid.keep.sealFirst')} />}>
        <Show when={props.sealing.isKept() !== 'yes'} fallback={<Kept href={props.href('sign')} />}>
          <Keep {...props} />
        </Show>
      </Show>
    </Section>
  )
}

function Kept(props: { href: string }): JSX.Element {
  return (
    <>
      <Notice tone="ok" live="polite">
        {t('bid.keep.tested')}
      </Notice>
      <div class="yg-row">
        <ButtonLink kind="primary" href={props.href}>
          {t('bid.keep.next')}
        </ButtonLink>
      </div>
    </>
  )
}

function Keep(props: {
  work: Workspace
  sealing: Sealing
  href: (id: StepId) => string
}): JSX.Element {
  const [isSaved, setSaved] = createSignal(false)
  const mustKeep = () => !props.sealing.sealed()?.summary.isWrapped
  return (
    <Stack>
      <Make work={props.work} onSaved={() => setSaved(true)} />
      <Show when={isSaved()}>
        <Notice live="polite">{t('bid.keep.saved')}</Notice>
        <SecretFileForm
          label={t('seal.keep.file')}
          choose={t('bid.keep.chooseSaved')}
          hint={t('bid.keep.testHint')}
          accept=".ygkeep"
          passPhraseLabel={t('seal.keep.passPhrase')}
          verb={t('bid.keep.test')}
          name="keep-test"
          onOpen={async (file, passPhrase) => {
            const bytes = new Uint8Array(await file.arrayBuffer())
            const { isThisBid } = await askSealer({ call: 'tryKeep', bytes, passPhrase })
            if (!isThisBid) throw new Error(t('bid.keep.otherBid'))
            props.sealing.setKept('yes')
          }}
        />
      </Show>
      <Show when={!mustKeep()} fallback={<Notice tone="warn">{t('bid.keep.must')}</Notice>}>
        <Checkbox
          label={t('bid.keep.skip')}
          hint={t('bid.keep.skipRisk')}
          name="skip-keep"
          checked={props.sealing.isKept() === 'skipped'}
          onChange={(checked) => props.sealing.setKept(checked ? 'skipped' : 'no')}
        />
        <Show when={props.sealing.isKept() === 'skipped'}>
          <div>
            <ButtonLink href={props.href('sign')}>{t('bid.keep.nextSkipped')}</ButtonLink>
          </div>
        </Show>
      </Show>
    </Stack>
  )
}

function Make(props: { work: Workspace; onSaved: () => void }): JSX.Element {
  const [first, setFirst] = createSignal('')
  const [second, setSecond] = createSignal('')
  const acting = useAct()
  const error = () => {
    if (first() !== '' && [...first()].length < leastLetters)
      return t('bid.keep.short', { count: leastLetters })
    return null
  }
  const differs = () => (second() !== '' && first() !== second() ? t('bid.keep.differs') : null)
  const isReady = () => first() !== '' && first() === second() && !error()
  async function make(): Promise<void> {
    const bytes = await askSealer({ call: 'keep', passPhrase: first() })
    const revision = props.work.own()?.next.revision ?? 1
    saveFile(`${props.work.lot().id}-${revision}.ygkeep`, bytes, 'application/octet-stream')
    props.onSaved()
  }
  return (
    <>
      <Field
        label={t('bid.keep.passPhrase')}
        hint={t('bid.keep.passPhraseHint', { count: leastLetters })}
        name="keep-first"
        kind="password"
        width="medium"
        autocomplete="new-password"
        value={first()}
        error={error()}
        onInput={setFirst}
      />
      <Field
        label={t('bid.keep.again')}
        name="keep-second"
        kind="password"
        width="medium"
        autocomplete="new-password"
        value={second()}
        error={differs()}
        onInput={setSecond}
      />
      <RefusalNote text={acting.problem()} />
      <div class="yg-row">
        <Button
          kind="primary"
          pending={acting.busy() !== null}
          off={isReady() ? null : t('bid.keep.phraseFirst')}
          onPress={() => void acting.run('keep', make)}
        >
          {t('bid.keep.make')}
        </Button>
      </div>
    </>
  )
}
