import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { Verdict } from '../../kit/verdict.tsx'
import { roleList } from '../../my/company/party-answer.ts'
import { PasskeyForm } from '../../shell/passkey-form.tsx'
import type { Registered } from './register-page.tsx'

/** After sending: what holds, what waits and for whom; and a way to come back in. */
export function Done(props: { registered: Registered }): JSX.Element {
  const [hasPasskey, setPasskey] = createSignal(false)
  return (
    <Stack>
      <Verdict
        tone="ok"
        title={t('register.done', { party: props.registered.name })}
        text={
          <>
            <Show when={props.registered.roles.length > 0}>
              <span class="yg-line">
                {t('register.doneHeld', { roles: roleList(props.registered.roles) })}
              </span>
            </Show>
            <Show when={props.registered.rolesAsked.length > 0}>
              <span class="yg-line">
                {t('register.doneWaits', { roles: roleList(props.registered.rolesAsked) })}
              </span>
            </Show>
          </>
        }
      />
      <Section
        title={t('register.passkey')}
        note={hasPasskey() ? undefined : t('register.passkeyNote')}
        card
      >
        <Show
          when={hasPasskey()}
          fallback={<PasskeyForm kind="primary" onDone={() => void setPasskey(true)} />}
        >
          <Notice tone="ok" live="polite">
            {t('register.passkeyDone')}
          </Notice>
        </Show>
      </Section>
      <Section title={t('register.next')} note={t('register.nextText')} card>
        <div>
          <ButtonLink kind={hasPasskey() ? 'primary' : 'secondary'} href="/my/company">
            {t('register.toCompany')}
          </ButtonLink>
        </div>
      </Section>
    </Stack>
  )
}
