import { createSignal, type JSX, Show } from 'solid-js'
import { capital } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmOf } from '../../kit/confirm.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import { newKey, post, remove } from '../../shell/api.ts'
import { asProblem } from '../../shell/problem.ts'
import type { OneTimeLink } from './handover.tsx'
import type { Invitation, PartyProps } from './party-answer.ts'

const nameOf = (one: Invitation) => one.name ?? one.person

/** Who is asked to act for the organisation and has not accepted: a new link, or withdrawn. */
export function Invitations(
  props: PartyProps & { onLink: (link: OneTimeLink | null) => void },
): JSX.Element {
  const [leaving, setLeaving] = createSignal<Invitation | null>(null)
  const [busy, setBusy] = createSignal<string | null>(null)
  const [said, setSaid] = createSignal<{ tone: 'ok' | 'danger'; text: string } | null>(null)

  async function run(name: string, act: () => Promise<void>): Promise<void> {
    setBusy(name)
    setSaid(null)
    try {
      await act()
      await props.live.refresh()
    } catch (error) {
      setSaid({ tone: 'danger', text: asProblem(error).message })
    }
    setBusy(null)
    setLeaving(null)
  }
  /** Asked again in the same words: the invitation stays the same, its link is a new one. */
  const newLink = (one: Invitation) =>
    run(one.person, async () => {
      const body = { name: nameOf(one), capacity: one.capacity, person: one.person }
      const { link: made } = await post<{ link: { url: string } }>('/api/party/members', body, {
        key: newKey(),
      })
      props.onLink({ name: nameOf(one), url: made.url, isInvitation: true })
    })
  const withdraw = (one: Invitation) =>
    run('withdraw', async () => {
      await remove(`/api/party/members/${encodeURIComponent(one.person)}`)
      props.onLink(null)
      setSaid({ tone: 'ok', text: t('account.invitations.withdrawn', { name: nameOf(one) }) })
    })

  return (
    <Show when={props.party.invitations.length > 0 || said()}>
      <Section title={t('account.invitations.title')} note={t('account.invitations.note')} card>
        <Show when={said()}>
          {(one) => (
            <Notice tone={one().tone} live={one().tone === 'ok' ? 'polite' : 'assertive'}>
              {one().text}
            </Notice>
          )}
        </Show>
        <DataTable
          caption={t('account.invitations.title')}
          hideCaption
          rows={props.party.invitations}
          keyOf={(one) => one.person}
          columns={[
            { id: 'name', head: t('account.members.name'), cell: nameOf },
            {
              id: 'capacity',
              head: t('account.members.capacity'),
              cell: (one) => capital(t(`shell.capacity.${one.capacity}`)),
            },
            { id: 'person', head: t('account.number'), cell: (one) => one.person },
            ...(props.isHead
              ? [
                  {
                    id: 'act',
                    head: t('account.members.act'),
                    cell: (one: Invitation) => (
                      <Row>
                        <Button
                          small
                          pending={busy() === one.person}
                          label={t('account.invitations.linkOf', { name: nameOf(one) })}
                          onPress={() => void newLink(one)}
                        >
                          {t('account.invitations.link')}
                        </Button>
                        <Button
                          small
                          label={t('account.invitations.withdrawOf', { name: nameOf(one) })}
                          onPress={() => setLeaving(one)}
                        >
                          {t('account.invitations.withdraw')}
                        </Button>
                      </Row>
                    ),
                  },
                ]
              : []),
          ]}
        />
        <ConfirmOf
          of={leaving()}
          title={t('account.invitations.withdrawTitle')}
          verb={t('account.invitations.withdraw')}
          pending={busy() === 'withdraw'}
          text={(one) => t('account.invitations.withdrawText', { name: nameOf(one) })}
          onDo={(one) => void withdraw(one)}
          onLeave={() => setLeaving(null)}
        />
      </Section>
    </Show>
  )
}
