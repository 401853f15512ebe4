import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { capital } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import type { ErrorLine } from '../../kit/error-summary.tsx'
import { Field } from '../../kit/field.tsx'
import { Icon } from '../../kit/icons.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { rolesToAsk } from '../../my/company/party-answer.ts'
import { OwnKeyForm } from '../../shell/key-file.tsx'
import { forgetKeys, usableCertificate } from '../../shell/keys.ts'
import { codeProblem, type Entry } from './entry.ts'

interface PartProps {
  readonly entry: Entry
  readonly errors: readonly ErrorLine[]
  readonly onChange: (next: Partial<Entry>) => void
}
const errorOf = (props: PartProps, name: string) =>
  props.errors.find((line) => line.name === name)?.text ?? null

/** A certificate proves who registers, and fills in what it says; it may be passed over. */
export function ProofPart(props: { code: string }): JSX.Element {
  return (
    <Section title={t('register.proof')} note={t('register.proofNote')} card>
      <Show when={usableCertificate()} fallback={<OwnKeyForm />}>
        {(key) => (
          <>
            <Switch>
              <Match when={key().uscc === props.code}>
                <Notice tone="ok">{t('register.proved', { holder: key().holder })}</Notice>
              </Match>
              <Match when={true}>
                <Notice tone="warn">
                  {t('register.provedOther', { code: key().uscc ?? key().holder })}
                </Notice>
              </Match>
            </Switch>
            <Row>
              <Button small onPress={forgetKeys}>
                {t('register.without')}
              </Button>
            </Row>
          </>
        )}
      </Show>
    </Section>
  )
}

/** Code and name; the code is checked when it is left, and its fault told by the place it is in. */
export function UnitPart(props: PartProps): JSX.Element {
  const [isLeft, setLeft] = createSignal(false)
  const wrong = () => {
    if (errorOf(props, 'uscc')) return errorOf(props, 'uscc')
    return isLeft() && props.entry.code.trim() ? codeProblem(props.entry.code) : null
  }
  return (
    <Section title={t('register.unit')} card>
      <Field
        label={t('register.code')}
        hint={t('register.codeHint')}
        name="uscc"
        width="medium"
        maxLength={40}
        value={props.entry.code}
        error={wrong()}
        onInput={(code) => props.onChange({ code })}
        onCommit={() => setLeft(true)}
      />
      <Show when={props.entry.code.trim() && codeProblem(props.entry.code) === null}>
        <span class="yg-field-state" role="status">
          <Icon name="check" size={14} />
          {t('register.codeGood')}
        </span>
      </Show>
      <Field
        label={t('register.name')}
        hint={t('register.nameHint')}
        name="organisation"
        maxLength={100}
        autocomplete="organization"
        value={props.entry.name}
        error={errorOf(props, 'organisation')}
        onInput={(name) => props.onChange({ name })}
      />
    </Section>
  )
}

/** What it will do here: each with when it takes effect, and through whom. */
export function RolesPart(props: PartProps): JSX.Element {
  const toggle = (role: Entry['roles'][number], on: boolean) => {
    const others = props.entry.roles.filter((one) => one !== role)
    props.onChange({ roles: on ? [...others, role] : others })
  }
  return (
    <Section title={t('register.roles')} note={t('register.rolesHint')} card>
      <Show when={errorOf(props, 'role-bidder')}>
        {(text) => (
          <p class="yg-field-error">
            <Icon name="alert" size={16} />
            {text()}
          </p>
        )}
      </Show>
      <div class="yg-choices">
        <For each={rolesToAsk}>
          {(role) => (
            <Checkbox
              label={capital(t(`shell.role.${role}`))}
              hint={t(`register.role.${role}`)}
              name={`role-${role}`}
              checked={props.entry.roles.includes(role)}
              onChange={(on) => toggle(role, on)}
            />
          )}
        </For>
      </div>
    </Section>
  )
}

/** Who registers: the first administrator, and whom those who approve will ask. */
export function ContactPart(props: PartProps): JSX.Element {
  return (
    <Section title={capital(t('shell.capacity.orgAdmin'))} card>
      <Field
        label={t('register.contact')}
        hint={t('register.contactHint')}
        name="contact"
        width="medium"
        maxLength={100}
        autocomplete="name"
        value={props.entry.contact}
        error={errorOf(props, 'contact')}
        onInput={(contact) => props.onChange({ contact })}
      />
    </Section>
  )
}
