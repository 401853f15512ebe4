import { useNavigate, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Row, Section, Split, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Loading, Notice, RefusalNote, Tag } from '../kit/status.tsx'
import { get } from '../shell/api.ts'
import { createLoaded } from '../shell/create-loaded.ts'
import { MembershipButtons } from '../shell/memberships.tsx'
import { usePasskey, whyNoPasskeys } from '../shell/passkeys.ts'
import { asProblem } from '../shell/problem.ts'
import {
  hasChosen,
  isDemo,
  otherMemberships,
  signedIn,
  signInDemo,
  viewer,
} from '../shell/session.ts'
import { CertificateSignIn } from './login-certificate.tsx'

interface DemoIdentity {
  readonly id: string
  readonly name: string
  readonly role: (typeof roles)[number]
  readonly party: { readonly id: string; readonly name: string; readonly uscc: string | null }
}
const roles = [
  'agency',
  'purchaser',
  'bidder',
  'expert',
  'tradingCentre',
  'regulator',
  'platformAdmin',
  'mallSupplier',
  'mallBuyer',
] as const

/** Sign in: by passkey or certificate; in the demo by one click on an invented identity. */
export default function LoginPage(): JSX.Element {
  const navigate = useNavigate()
  const [params] = useSearchParams<{ to?: string }>()
  const [problem, setProblem] = createSignal<string | null>(null)
  const [busy, setBusy] = createSignal<string | null>(null)
  // Only a path of this site: an address from outside must not lead away.
  const target = () => (params.to && /^\/(?!\/)/.test(params.to) ? params.to : '/my')

  async function enter(id: string, how: () => Promise<unknown>): Promise<void> {
    setBusy(id)
    setProblem(null)
    try {
      await how()
      if (hasChosen()) navigate(target())
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(null)
  }

  // What stands above the other ways in is known first: nothing then moves under a finger.
  const [identities] = createLoaded(async () =>
    isDemo() ? get<DemoIdentity[]>('/api/demo/identities').catch(() => []) : [],
  )
  return (
    <Page title={t('portal.login.title')} lead={t('portal.login.lead')}>
      <Show when={identities()} fallback={<Loading />}>
        {(known) => (
          <Stack>
            <RefusalNote text={problem()} />
            <Show when={viewer()}>
              <SignedIn to={target()} onChosen={() => navigate(target())} />
            </Show>
            <Show when={isDemo()}>
              <DemoIdentities
                all={known()}
                busy={busy()}
                onEnter={(id) => void enter(id, () => signInDemo(id))}
              />
            </Show>
            <Split
              kind="even"
              side={
                <Section
                  title={t('portal.login.certificate')}
                  note={t('portal.login.certificateHint')}
                  card
                >
                  <CertificateSignIn
                    onEntered={async () => {
                      await signedIn()
                      if (hasChosen()) navigate(target())
                    }}
                  />
                </Section>
              }
            >
              <Section title={t('portal.login.passkey')} note={t('portal.login.passkeyHint')} card>
                <div>
                  <Button
                    kind={isDemo() ? 'secondary' : 'primary'}
                    pending={busy() === 'passkey'}
                    off={whyNoPasskeys()}
                    onPress={() =>
                      void enter('passkey', async () => {
                        await usePasskey()
                        await signedIn()
                      })
                    }
                  >
                    {t('portal.login.passkeyGo')}
                  </Button>
                </div>
              </Section>
            </Split>
            <Section title={t('portal.login.new')} note={t('portal.login.newText')}>
              <div>
                <ButtonLink href="/register">{t('portal.login.register')}</ButtonLink>
              </div>
            </Section>
          </Stack>
        )}
      </Show>
    </Page>
  )
}

/** Who is signed in already: goes on, or chooses for whom to act. */
function SignedIn(props: { to: string; onChosen: () => void }): JSX.Element {
  return (
    <Show
      when={hasChosen() && viewer()}
      fallback={
        <Section title={t('shell.bar.chooseTitle')} note={t('shell.bar.chooseNote')} card>
          <MembershipButtons items={otherMemberships()} onChosen={props.onChosen} />
        </Section>
      }
    >
      {(one) => (
        <Notice
          title={t('portal.login.signedIn', {
            party: one().partyName,
            capacity: t(`shell.capacity.${one().capacity}`),
          })}
        >
          <p>{t('portal.login.signedInText')}</p>
          <Row>
            <ButtonLink href={props.to}>{t('portal.login.back')}</ButtonLink>
          </Row>
          <Show when={otherMemberships().length > 0}>
            <MembershipButtons items={otherMemberships()} onChosen={props.onChosen} />
          </Show>
        </Notice>
      )}
    </Show>
  )
}

function DemoIdentities(props: {
  all: readonly DemoIdentity[]
  busy: string | null
  onEnter: (id: string) => void
}): JSX.Element {
  const groups = createMemo(() =>
    roles
      .map((role) => ({ role, all: props.all.filter((one) => one.role === role) }))
      .filter((group) => group.all.length > 0),
  )
  return (
    <Section title={t('portal.login.demo')} note={t('portal.login.demoHint')} card>
      <For each={groups()}>
        {(group) => (
          <div class="yg-stack" data-gap="small">
            <h3 class="yg-subtitle">{t(`portal.login.role.${group.role}`)}</h3>
            <Show when={group.all.length > 12} fallback={<Choices {...props} all={group.all} />}>
              <Choices {...props} all={group.all.slice(0, 6)} />
              <details>
                <summary>{t('portal.login.others', { count: group.all.length - 6 })}</summary>
                <Choices {...props} all={group.all.slice(6)} />
              </details>
            </Show>
          </div>
        )}
      </For>
    </Section>
  )
}

function Choices(props: {
  all: readonly DemoIdentity[]
  busy: string | null
  onEnter: (id: string) => void
}): JSX.Element {
  return (
    <div class="yg-row">
      <For each={props.all}>
        {(one) => (
          <Button pending={props.busy === one.id} onPress={() => props.onEnter(one.id)}>
            {one.party.name}
            <Show when={viewer()?.party === one.party.id}>
              <Tag tone="act">{t('portal.login.now')}</Tag>
            </Show>
          </Button>
        )}
      </For>
    </div>
  )
}
