import { createEffect, type JSX, Show } from 'solid-js'
import { time } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { Page } from '../../kit/page.tsx'
import { regionText } from '../../kit/region-text.ts'
import { Loading, Notice } from '../../kit/status.tsx'
import { get } from '../../shell/api.ts'
import { createLive } from '../../shell/create-live.ts'
import { MembershipButtons } from '../../shell/memberships.tsx'
import { hasChosen, loadSession, otherMemberships, viewer } from '../../shell/session.ts'
import { Certificates } from './certificates.tsx'
import { Members } from './members.tsx'
import { type PartyPage, type PartyProps, roleList } from './party-answer.ts'
import { Roles } from './roles.tsx'
import type { SealedBids } from './sealed-bids.ts'

/** 本单位: what it may do, its certificates, its members. Of a pool expert: the certificates alone. */
export default function CompanyPage(): JSX.Element {
  return (
    <Show
      when={hasChosen()}
      fallback={
        <Page title={t('account.company.title')}>
          <Section title={t('account.company.chooseFirst')} card>
            <MembershipButtons items={otherMemberships()} />
          </Section>
        </Page>
      }
    >
      <Company />
    </Show>
  )
}

function Company(): JSX.Element {
  const party = createLive(() => get<PartyPage>('/api/party'))
  const sealed = createLive(() => get<SealedBids>('/api/party/sealed-bids'))
  // What may stand above a list is known before the list is drawn, so that nothing moves.
  const isKnown = () => sealed() !== undefined || sealed.problem() !== null
  const isPerson = () => viewer()?.capacity === 'expert'
  // What was approved meanwhile holds from now on, in the bar and at every door.
  createEffect(() => {
    const now = party()?.roles
    if (now && !isPerson() && now.join() !== viewer()?.roles.join())
      void loadSession().catch(() => {})
  })
  const facts = () => {
    const one = party()
    if (!one) return []
    if (one.kind === 'person') return [viewer()?.personName ?? '']
    const isCode = /^[0-9A-Z]{18}$/.test(one.id)
    return [
      t(isCode ? 'account.company.code' : 'account.company.id', { code: one.id }),
      ...(one.region ? [t('account.company.region', { region: regionText(one.region) })] : []),
    ]
  }
  const isHead = () => ['orgAdmin', 'legalRepresentative'].includes(viewer()?.capacity ?? '')
  return (
    <Page
      title={
        isPerson()
          ? t('account.company.expertTitle')
          : (party()?.name ?? t('account.company.title'))
      }
      facts={facts()}
      live={party}
    >
      <Show when={isKnown() && party()} fallback={<Loading />}>
        {(one) => (
          <Stack gap="large">
            <State party={one()} live={party} isHead={isHead()} />
            <Show when={!isPerson()}>
              <Roles party={one()} live={party} isHead={isHead()} />
            </Show>
            <Certificates
              party={one()}
              live={party}
              sealed={sealed}
              isHead={isHead() || isPerson()}
            />
            <Show when={!isPerson()}>
              <Members party={one()} live={party} isHead={isHead()} />
            </Show>
          </Stack>
        )}
      </Show>
    </Page>
  )
}

/** What the organisation waits for, or was told. */
function State(props: PartyProps): JSX.Element {
  return (
    <Show when={props.party.rolesAsked.length > 0 || props.party.declined}>
      <Stack>
        <Show when={props.party.declined}>
          {(declined) => (
            <Notice
              tone="warn"
              title={t('account.company.declined', { roles: roleList(declined().roles) })}
            >
              <p>
                {t('account.company.declinedText', {
                  time: time(declined().at),
                  reason: declined().reason,
                })}
              </p>
              <p>{t('account.company.declinedNext')}</p>
            </Notice>
          )}
        </Show>
        <Show when={props.party.rolesAsked.length > 0}>
          <NextAct
            kind="wait"
            title={t('account.company.waits', { roles: roleList(props.party.rolesAsked) })}
            text={
              <p>
                {t('account.company.waitsText', {
                  time: props.party.askedAt ? time(props.party.askedAt) : '',
                })}
              </p>
            }
            act={
              <Button onPress={() => void props.live.refresh()}>
                {t('account.company.refresh')}
              </Button>
            }
          />
        </Show>
      </Stack>
    </Show>
  )
}
