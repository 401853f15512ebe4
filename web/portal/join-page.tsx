import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Row, Section, Stack } from '../kit/layout.tsx'
import { NextAct } from '../kit/next-act.tsx'
import { Page } from '../kit/page.tsx'
import { Empty, Notice, RefusalNote } from '../kit/status.tsx'
import { post } from '../shell/api.ts'
import { PasskeyForm } from '../shell/passkey-form.tsx'
import { asProblem } from '../shell/problem.ts'
import { hasChosen, type LoggedIn, signedIn, viewer } from '../shell/session.ts'

/**
 * Where a one-time link leads: from an organisation's administrator, or the first one of a platform.
 * Its token stands behind `#`, which browsers send to nobody; it is used by a press and not by
 * looking, so that opening the page twice does no harm, and leaves the address bar once used. A link
 * for someone who acts for another organisation is an invitation: he himself accepts it here.
 */
export default function JoinPage(): JSX.Element {
  const [token] = createSignal(location.hash.slice(1))
  const [isIn, setIn] = createSignal(false)
  const [hasPasskey, setPasskey] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [invitation, setInvitation] = createSignal<string | null>(null)

  async function enter(at: string): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await post<LoggedIn>(at, { token: token() })
      history.replaceState(history.state, '', location.pathname)
      await signedIn()
      setIn(true)
    } catch (error) {
      const { slug, message } = asProblem(error)
      if (slug === 'invitation-to-accept') setInvitation(message)
      else setProblem(message)
    }
    setBusy(false)
  }
  const use = () => enter('/api/session/link')
  /** By a passkey of his own already: none is made here. */
  async function accept(): Promise<void> {
    await enter('/api/session/memberships')
    setPasskey(isIn())
  }

  return (
    <Page title={t('account.join.title')} lead={isIn() ? undefined : t('account.join.lead')}>
      <Switch>
        <Match when={!isIn() && !/^[A-Za-z0-9_-]{20,64}$/.test(token())}>
          <Empty title={t('account.join.none')}>
            <p>{t('account.join.noneText')}</p>
            <ButtonLink href="/login">{t('shell.bar.signIn')}</ButtonLink>
          </Empty>
        </Match>
        <Match when={!isIn() && invitation()}>
          {(text) => (
            <Stack>
              <RefusalNote text={problem()} />
              <NextAct
                kind="act"
                title={t('account.join.invited')}
                text={text()}
                act={
                  <Button kind="primary" pending={isBusy()} onPress={() => void accept()}>
                    {t('account.join.accept')}
                  </Button>
                }
              />
            </Stack>
          )}
        </Match>
        <Match when={!isIn()}>
          <Stack>
            <RefusalNote text={problem()} />
            <NextAct
              kind="act"
              title={t('account.join.before')}
              text={
                <>
                  <p>{t('account.join.beforeText')}</p>
                  <Show when={viewer()}>
                    {(one) => <p>{t('account.join.signedIn', { party: one().partyName })}</p>}
                  </Show>
                </>
              }
              act={
                <Button kind="primary" pending={isBusy()} onPress={() => void use()}>
                  {t('account.join.go')}
                </Button>
              }
            />
          </Stack>
        </Match>
        <Match when={true}>
          <Inside hasPasskey={hasPasskey()} onPasskey={() => setPasskey(true)} />
        </Match>
      </Switch>
    </Page>
  )
}

function Inside(props: { hasPasskey: boolean; onPasskey: () => void }): JSX.Element {
  const who = () => ({
    person: viewer()?.personName ?? '',
    party: viewer()?.partyName ?? '',
    capacity: hasChosen() ? t(`shell.capacity.${viewer()?.capacity ?? 'operator'}`) : '',
  })
  return (
    <Stack>
      <Notice tone="ok" title={t('account.join.welcome', who())}>
        <p>{hasChosen() ? t('account.join.as', who()) : t('shell.bar.actsForNobody')}</p>
      </Notice>
      <Show
        when={props.hasPasskey}
        fallback={
          <Section title={t('account.join.passkey')} note={t('account.join.passkeyText')} card>
            <PasskeyForm kind="primary" onDone={props.onPasskey} />
            <p>
              <a href="/my/company">{t('account.join.skip')}</a>
            </p>
          </Section>
        }
      >
        <NextAct
          kind="act"
          title={t('account.join.done')}
          act={
            <Row>
              <ButtonLink kind="primary" href="/my">
                {t('account.join.toMy')}
              </ButtonLink>
              <ButtonLink href="/my/company">{t('account.join.toCompany')}</ButtonLink>
            </Row>
          }
        />
      </Show>
    </Stack>
  )
}
