import { createSignal, type JSX, onMount, Show } from 'solid-js'
import type { JsonObject } from '../../server/formats/jcs.ts'
import { parseVkey } from '../../server/log/index.ts'
import { t } from '../i18n/i18n.ts'
import { Field } from '../kit/field.tsx'
import { FileDrop } from '../kit/file-drop.tsx'
import { Facts, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Notice, Tag } from '../kit/status.tsx'
import { checkStatement, isWhole, type StatementChecks } from './statement.ts'

/** A receipt or refusal checked on this device against a key that the reader may bring himself. */
export default function VerifyPage(): JSX.Element {
  const [key, setKey] = createSignal('')
  const [checks, setChecks] = createSignal<StatementChecks | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  onMount(async () => {
    const answer = await fetch('/log/vkey')
    if (answer.ok) setKey((await answer.text()).trim())
  })

  async function check(file: File | undefined): Promise<void> {
    setChecks(null)
    setProblem(null)
    if (!file) return
    const vkey = readKey(key())
    if (!vkey) return void setProblem(t('verify.key.wrong'))
    const found = checkStatement(await readStatement(file), [{ vkey }])
    if (found) setChecks(found)
    else setProblem(t('verify.unreadable'))
  }

  return (
    <Page title={t('verify.title')} lead={t('verify.lead')}>
      <Stack>
        <Section title={t('verify.title')} card>
          <Field
            name="vkey"
            label={t('verify.key')}
            hint={t('verify.key.hint')}
            value={key()}
            onInput={setKey}
          />
          <FileDrop
            label={t('verify.drop')}
            verb={t('verify.choose')}
            onFiles={(files) => void check(files[0])}
          />
        </Section>
        <Show when={problem()}>{(text) => <Notice tone="danger" title={text()} />}</Show>
        <Show when={checks()}>{(found) => <Found checks={found()} />}</Show>
        <Section title={t('verify.whole')} card>
          <p>{t('verify.whole.text')}</p>
        </Section>
      </Stack>
    </Page>
  )
}

function Found(props: { checks: StatementChecks }): JSX.Element {
  const holds = () => isWhole(props.checks)
  const verdict = (is: boolean | null) => (
    <Tag tone={is === null ? 'warn' : is ? 'ok' : 'danger'}>
      {t(is === null ? 'verify.none' : is ? 'verify.passed' : 'verify.wrong')}
    </Tag>
  )
  const proof = () => props.checks.proof && props.checks.proof.length === 0
  const place = () => {
    const { place } = props.checks
    return place
      ? t('verify.place.of', { index: String(place.index + 1), size: String(place.size) })
      : t('verify.none')
  }
  return (
    <Section title={t(holds() ? 'verify.ok' : 'verify.failed')} card>
      <Facts
        rows={[
          { name: t('verify.kind'), value: t(`verify.kind.${props.checks.kind}`) },
          { name: t('verify.signed'), value: verdict(props.checks.isSigned) },
          { name: t('verify.act'), value: verdict(props.checks.isOfAct) },
          { name: t('verify.proof'), value: verdict(proof()) },
          { name: t('verify.place'), value: place() },
        ]}
      />
    </Section>
  )
}

function readKey(text: string) {
  try {
    return parseVkey(text.trim())
  } catch {
    return null
  }
}

/** @returns an empty object where the file is no JSON object */
async function readStatement(file: File): Promise<JsonObject> {
  try {
    const value: unknown = JSON.parse(await file.text())
    return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
  } catch {
    return {}
  }
}
