import { createEffect, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js'
import { capital, day } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Row, Section, Stack } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Empty, Notice, RefusalNote, Tag } from '../../kit/status.tsx'
import { remove } from '../../shell/api.ts'
import { bindPair } from '../../shell/certificates.ts'
import type { Live } from '../../shell/create-live.ts'
import { OwnKeyForm } from '../../shell/key-file.tsx'
import { encryptionKeys, forgetKeys, usableCertificate } from '../../shell/keys.ts'
import { asProblem } from '../../shell/problem.ts'
import { viewer } from '../../shell/session.ts'
import { KeptKeys } from './kept-keys.tsx'
import type { Certificate, PartyProps } from './party-answer.ts'
import { newestOf, type SealedBid, type SealedBids, withOlderKey } from './sealed-bids.ts'

/** From so many days before its end a certificate is shown as ending. */
const soonDays = 30
const daysLeft = (one: Certificate) =>
  Math.ceil((Date.parse(one.notAfter) - Date.now()) / 86_400_000)
const useOf = (one: Certificate) => capital(t(`account.certs.use.${one.use}`))

/** The pair that signs and receives for the organisation, and binding a new one. */
export function Certificates(props: PartyProps & { sealed: Live<SealedBids> }): JSX.Element {
  const [leaving, setLeaving] = createSignal<Certificate | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const bids = () => props.sealed()?.items ?? []
  const older = () => withOlderKey(bids(), props.party.certificates)
  const openedBy = (one: Certificate) => bids().filter((bid) => bid.certificate === one.sha256)

  async function unbind(one: Certificate): Promise<void> {
    setBusy(true)
    setProblem(null)
    try {
      await remove(`/api/party/certificates/${one.sha256}`)
      await Promise.all([props.live.refresh(), props.sealed.refresh()])
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
    setLeaving(null)
  }

  return (
    <Section title={t('account.certs.title')} note={t('account.certs.note')}>
      <RefusalNote text={problem()} />
      <Show when={older().length > 0}>
        <KeptKeys title={t('account.certs.kept', { count: older().length })} bids={older()} />
      </Show>
      <DataTable
        caption={t('account.certs.title')}
        hideCaption
        rows={props.party.certificates}
        keyOf={(one) => one.sha256}
        empty={
          <Empty title={t('account.certs.none')}>
            <p>{t('account.certs.noneHint')}</p>
          </Empty>
        }
        columns={[
          { id: 'use', head: t('account.certs.use'), cell: useOf },
          {
            id: 'until',
            head: t('account.certs.until'),
            nowrap: true,
            cell: (one) => day(one.notAfter),
          },
          { id: 'state', head: t('account.certs.state'), cell: (one) => <State of={one} /> },
          {
            id: 'digest',
            head: t('account.certs.digest'),
            cell: (one) => <Hash value={one.sha256} label={t('account.certs.digest')} />,
          },
          ...(props.isHead && viewer()?.capacity !== 'expert'
            ? [
                {
                  id: 'act',
                  head: t('account.passkeys.act'),
                  cell: (one: Certificate) => (
                    <Button
                      small
                      label={t('account.certs.unbindOf', {
                        use: useOf(one),
                        day: day(one.notAfter),
                      })}
                      onPress={() => setLeaving(one)}
                    >
                      {t('account.certs.unbind')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Section title={t('account.certs.add')} card>
        <Bind
          {...props}
          bids={bids()}
          onBound={() => Promise.all([props.live.refresh(), props.sealed.refresh()])}
        />
      </Section>
      <Confirm
        isOpen={leaving() !== null}
        title={t('account.certs.unbindTitle')}
        verb={t('account.certs.unbind')}
        pending={isBusy()}
        onDo={() => {
          const one = leaving()
          if (one) void unbind(one)
        }}
        onLeave={() => setLeaving(null)}
      >
        <p>{t('account.certs.unbindText')}</p>
        <Show when={leaving()}>
          {(one) => (
            <Show when={openedBy(one()).length > 0}>
              <KeptKeys
                title={t('account.certs.kept.unbind', { count: openedBy(one()).length })}
                bids={openedBy(one())}
              />
            </Show>
          )}
        </Show>
      </Confirm>
    </Section>
  )
}

function State(props: { of: Certificate }): JSX.Element {
  const left = () => daysLeft(props.of)
  return (
    <Switch fallback={<Tag tone="ok">{t('account.certs.good')}</Tag>}>
      <Match when={left() <= 0}>
        <Tag tone="danger">{t('account.certs.expired')}</Tag>
      </Match>
      <Match when={left() <= soonDays}>
        <Tag tone="warn">{t('account.certs.soon', { days: left() })}</Tag>
      </Match>
    </Switch>
  )
}

/** Opens a key file and binds what is in it; a file of another organisation is told at once. */
function Bind(
  props: PartyProps & { bids: readonly SealedBid[]; onBound: () => Promise<unknown> },
): JSX.Element {
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [isDone, setDone] = createSignal(false)
  const bound = () => new Set(props.party.certificates.map((one) => one.sha256))
  const opened = usableCertificate
  const isOther = () => {
    const code = opened()?.uscc
    return code !== null && code !== undefined && code !== props.party.id
  }

  const [isRenewal, setRenewal] = createSignal(false)
  // A pair with another encryption certificate than is bound: said before it is, not afterwards.
  createEffect(
    on([opened, bound], ([key, known]) => {
      setRenewal(false)
      if (!key || newestOf(props.party.certificates) === null) return
      void encryptionKeys().then((keys) =>
        setRenewal(keys.some((one) => !one.isExpired && !known.has(one.sha256))),
      )
    }),
  )

  async function bind(): Promise<void> {
    const [key, who] = [opened(), viewer()]
    if (!key || !who) return
    setBusy(true)
    setProblem(null)
    try {
      await bindPair(key, bound(), { party: who.party, capacity: who.capacity })
      setDone(true)
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    // One of a pair may be bound although the other was refused.
    await props.onBound()
    setBusy(false)
  }

  return (
    <Show when={opened()} fallback={<OwnKeyForm onOpened={() => void setDone(false)} />}>
      {(key) => (
        <Stack gap="small">
          <Show when={isDone()}>
            <Notice tone="ok" live="polite">
              {t('account.certs.bound')}
            </Notice>
          </Show>
          <RefusalNote text={problem()} />
          <Switch fallback={<p>{t('account.certs.opened', { holder: key().holder })}</p>}>
            <Match when={isOther()}>
              <Notice tone="warn">
                {t('account.certs.openedOther', { holder: key().holder, code: key().uscc })}
              </Notice>
            </Match>
            <Match when={bound().has(key().sha256) && !isDone()}>
              <p>{t('account.certs.opened', { holder: key().holder })}</p>
            </Match>
          </Switch>
          <Show when={isRenewal() && !isOther() && !isDone() && props.bids.length > 0}>
            <KeptKeys
              title={t('account.certs.kept.renewal', { count: props.bids.length })}
              bids={props.bids}
            />
          </Show>
          <Row>
            <Show when={!isOther() && !isDone()}>
              <Button pending={isBusy()} onPress={() => void bind()}>
                {t('account.certs.bind')}
              </Button>
            </Show>
            <Button kind="plain" onPress={forgetKeys}>
              {t('account.certs.another')}
            </Button>
          </Row>
        </Stack>
      )}
    </Show>
  )
}
