import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { ConfirmOf } from '../../kit/confirm.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { Notice, Tag } from '../../kit/status.tsx'
import { newKey, post, remove } from '../../shell/api.ts'
import { asProblem } from '../../shell/problem.ts'
import { viewer } from '../../shell/session.ts'
import { Handover, type OneTimeLink } from './handover.tsx'
import { Invitations } from './invitations.tsx'
import { Invite } from './invite.tsx'
import type { Member, PartyProps } from './party-answer.ts'

/** Who acts for the organisation and as what; its head adds and ends. */
export function Members(props: PartyProps): JSX.Element {
  const [link, setLink] = createSignal<OneTimeLink | null>(null)
  const [leaving, setLeaving] = createSignal<Member | null>(null)
  const [busy, setBusy] = createSignal<string | null>(null)
  const [said, setSaid] = createSignal<{ tone: 'ok' | 'danger'; text: string } | null>(null)
  const nameOf = (one: Member) => one.name ?? one.person

  async function run(name: string, act: () => Promise<string | null>): Promise<void> {
    setBusy(name)
    setSaid(null)
    try {
      const text = await act()
      setSaid(text === null ? null : { tone: 'ok', text })
      await props.live.refresh()
    } catch (error) {
      setSaid({ tone: 'danger', text: asProblem(error).message })
    }
    setBusy(null)
    setLeaving(null)
  }
  const at = (one: Member) => `/api/party/members/${encodeURIComponent(one.person)}`
  const newLink = (one: Member) =>
    run(`link ${one.person}`, async () => {
      const { url } = await post<{ url: string }>(`${at(one)}/links`, {}, { key: newKey() })
      setLink({ name: nameOf(one), url })
      return null
    })
  const end = (one: Member) =>
    run('end', async () => {
      await remove(at(one))
      setLink(null)
      return t('account.members.ended', { name: nameOf(one) })
    })

  return (
    <Section title={t('account.members.title')} note={t('account.members.note')} id="members">
      <Show when={said()}>
        {(one) => (
          <Notice tone={one().tone} live={one().tone === 'ok' ? 'polite' : 'assertive'}>
            {one().text}
          </Notice>
        )}
      </Show>
      <DataTable
        caption={t('account.members.title')}
        hideCaption
        rows={props.party.members}
        keyOf={(one) => `${one.person} ${one.capacity}`}
        columns={[
          {
            id: 'name',
            head: t('account.members.name'),
            cell: (one) => (
              <>
                {nameOf(one)}{' '}
                <Show when={one.person === viewer()?.person}>
                  <Tag tone="act">{t('account.members.you')}</Tag>
                </Show>
              </>
            ),
          },
          {
            id: 'capacity',
            head: t('account.members.capacity'),
            cell: (one) => t(`shell.capacity.${one.capacity}`),
          },
          {
            id: 'ways',
            head: t('account.members.ways'),
            cell: (one) =>
              one.passkeys > 0
                ? t('account.members.way', { count: one.passkeys })
                : t('account.members.wayNone'),
          },
          ...(props.isHead
            ? [
                {
                  id: 'act',
                  head: t('account.members.act'),
                  cell: (one: Member) => (
                    <MemberActs
                      name={nameOf(one)}
                      isSelf={one.person === viewer()?.person}
                      busy={busy() === `link ${one.person}`}
                      onLink={() => void newLink(one)}
                      onEnd={() => setLeaving(one)}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      <Invitations {...props} onLink={setLink} />
      {/* One at a time; a newer one comes into sight anew. */}
      <Show when={link()} keyed>
        {(one) => <Handover link={one} />}
      </Show>
      <Show when={props.isHead} fallback={<p class="yg-note">{t('account.company.headOnly')}</p>}>
        <Invite {...props} onLink={setLink} onSaid={(text) => setSaid({ tone: 'ok', text })} />
      </Show>
      <ConfirmOf
        of={leaving()}
        title={t('account.members.endTitle')}
        verb={t('account.members.end')}
        pending={busy() === 'end'}
        text={(one) => t('account.members.endText', { name: nameOf(one) })}
        onDo={(one) => void end(one)}
        onLeave={() => setLeaving(null)}
      />
    </Section>
  )
}

function MemberActs(props: {
  name: string
  isSelf: boolean
  busy: boolean
  onLink: () => void
  onEnd: () => void
}): JSX.Element {
  return (
    <Show when={!props.isSelf} fallback="—">
      <Row>
        <Button
          small
          pending={props.busy}
          label={t('account.members.linkOf', { name: props.name })}
          onPress={props.onLink}
        >
          {t('account.members.link')}
        </Button>
        <Button
          small
          label={t('account.members.endOf', { name: props.name })}
          onPress={props.onEnd}
        >
          {t('account.members.end')}
        </Button>
      </Row>
    </Show>
  )
}
