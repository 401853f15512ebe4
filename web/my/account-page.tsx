import { useNavigate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { ConfirmOf } from '../kit/confirm.tsx'
import { CopyLine } from '../kit/copy-line.tsx'
import { DataTable } from '../kit/data-table.tsx'
import { Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { Empty, Notice, RefusalNote, Tag } from '../kit/status.tsx'
import { get, remove } from '../shell/api.ts'
import { createLive, type Live } from '../shell/create-live.ts'
import { PasskeyForm } from '../shell/passkey-form.tsx'
import { asProblem } from '../shell/problem.ts'
import {
  actAs,
  hasChosen,
  type Membership,
  memberships,
  signOut,
  viewer,
} from '../shell/session.ts'

interface Passkey {
  readonly id: string
  readonly party: string
  readonly partyName: string | null
  readonly name: string | null
  readonly addedAt: string
}
type Passkeys = Live<{ readonly items: readonly Passkey[] }>

/** 我的账户: passkeys of one's own, and for whom one may act. */
export default function AccountPage(): JSX.Element {
  const passkeys = createLive(() => get<{ items: Passkey[] }>('/api/passkeys'))
  const navigate = useNavigate()
  return (
    <Page
      title={t('account.title')}
      lead={t('account.lead')}
      live={passkeys}
      facts={[viewer()?.personName ?? '']}
    >
      <Stack gap="large">
        <PasskeyPart passkeys={passkeys} />
        <Memberships />
        <Section title={t('account.leave')} note={t('account.leave.note')}>
          <Button onPress={() => void signOut().then(() => navigate('/'))}>
            {t('account.leave')}
          </Button>
        </Section>
      </Stack>
    </Page>
  )
}

function PasskeyPart(props: { passkeys: Passkeys }): JSX.Element {
  const items = () => props.passkeys()?.items ?? []
  const [leaving, setLeaving] = createSignal<Passkey | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const [said, setSaid] = createSignal<{ tone: 'ok' | 'danger'; text: string } | null>(null)
  const nameOf = (one: Passkey) => one.name ?? t('account.passkeys.unnamed')

  async function removeOne(one: Passkey): Promise<void> {
    setBusy(true)
    try {
      await remove(`/api/passkeys/${encodeURIComponent(one.id)}`)
      setSaid({ tone: 'ok', text: t('account.passkeys.removed') })
      await props.passkeys.refresh()
    } catch (error) {
      setSaid({ tone: 'danger', text: asProblem(error).message })
    }
    setBusy(false)
    setLeaving(null)
  }

  return (
    <Section title={t('account.passkeys')} note={t('account.passkeys.note')}>
      <Show when={said()}>
        {(one) => (
          <Notice tone={one().tone} live={one().tone === 'ok' ? 'polite' : 'assertive'}>
            {one().text}
          </Notice>
        )}
      </Show>
      <DataTable
        caption={t('account.passkeys')}
        hideCaption
        rows={items()}
        keyOf={(one) => one.id}
        empty={
          <Empty title={t('account.passkeys.none')}>
            <p>{t('account.passkeys.noneHint')}</p>
          </Empty>
        }
        columns={[
          { id: 'name', head: t('account.passkeys.name'), cell: nameOf },
          { id: 'party', head: t('account.passkeys.party'), cell: (one) => one.partyName ?? '' },
          {
            id: 'added',
            head: t('account.passkeys.added'),
            nowrap: true,
            cell: (one) => time(one.addedAt),
          },
          {
            id: 'act',
            head: t('account.passkeys.act'),
            cell: (one) => (
              <Button
                small
                label={t('account.passkeys.removeOf', { name: nameOf(one) })}
                onPress={() => setLeaving(one)}
              >
                {t('account.passkeys.remove')}
              </Button>
            ),
          },
        ]}
      />
      <Section title={t('account.passkeys.add')} card>
        <Show when={hasChosen()} fallback={<p>{t('account.passkeys.later')}</p>}>
          <PasskeyForm
            kind={items().length === 0 ? 'primary' : undefined}
            onDone={async () => {
              setSaid({ tone: 'ok', text: t('account.passkeys.added.done') })
              await props.passkeys.refresh()
            }}
          />
        </Show>
      </Section>
      <ConfirmOf
        of={leaving()}
        title={t('account.passkeys.removeTitle')}
        verb={t('account.passkeys.remove')}
        pending={isBusy()}
        text={(one) => t('account.passkeys.removeText', { name: nameOf(one) })}
        onDo={(one) => void removeOne(one)}
        onLeave={() => setLeaving(null)}
      />
    </Section>
  )
}

function Memberships(): JSX.Element {
  const [problem, setProblem] = createSignal<string | null>(null)
  const isNow = (one: Membership) =>
    one.party === viewer()?.party && one.capacity === viewer()?.capacity
  const capacity = (one: Membership) => t(`shell.capacity.${one.capacity}`)
  const use = (one: Membership) =>
    void actAs(one).then(
      () => setProblem(null),
      (error) => setProblem(asProblem(error).message),
    )
  return (
    <Section title={t('account.roles')} note={t('account.roles.note')}>
      <RefusalNote text={problem()} />
      <Show when={viewer()?.within}>
        <Notice>{t('account.roles.within', { party: viewer()?.partyName ?? '' })}</Notice>
      </Show>
      <DataTable
        caption={t('account.roles')}
        hideCaption
        rows={memberships()}
        keyOf={(one) => `${one.party} ${one.capacity}`}
        columns={[
          {
            id: 'party',
            head: t('account.roles.party'),
            cell: (one) => one.partyName ?? viewer()?.personName ?? '',
          },
          // What others must type to name this party, as a purchaser does its representatives.
          { id: 'number', head: t('account.roles.number'), cell: (one) => one.party },
          { id: 'capacity', head: t('account.roles.capacity'), cell: capacity },
          {
            id: 'act',
            head: t('account.passkeys.act'),
            cell: (one) => (
              <Show when={!isNow(one)} fallback={<Tag tone="act">{t('account.roles.now')}</Tag>}>
                <Button
                  small
                  label={t('account.roles.useOf', {
                    party: one.partyName ?? '',
                    capacity: capacity(one),
                  })}
                  onPress={() => use(one)}
                >
                  {t('account.roles.use')}
                </Button>
              </Show>
            ),
          },
        ]}
      />
      {/* Another organisation invites by it; a pool expert acts for nobody. */}
      <Show when={viewer()?.capacity !== 'expert' && viewer()}>
        {(one) => (
          <CopyLine
            label={t('account.number')}
            hint={t('account.number.hint')}
            name="own-number"
            value={one().person}
          />
        )}
      </Show>
    </Section>
  )
}
