import { createSignal, For, type JSX, Show } from 'solid-js'
import { needsAdministrator } from '../../server/identity/party/rules.ts'
import type { OrganisationRole } from '../../server/kernel/viewer.ts'
import { capital, time } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Facts, Row, Section, Stack } from '../kit/layout.tsx'
import { Page } from '../kit/page.tsx'
import { regionText } from '../kit/region-text.ts'
import { Empty, Loading, Notice, Tag } from '../kit/status.tsx'
import { roleList } from '../my/company/party-answer.ts'
import { get, newKey, post } from '../shell/api.ts'
import { createLive } from '../shell/create-live.ts'
import { asProblem } from '../shell/problem.ts'
import { viewer } from '../shell/session.ts'
import { refreshWaiting } from '../shell/waiting.ts'
import { EnrolExpert } from './enrol-expert.tsx'
import { createPool, Experts } from './experts.tsx'

/** A registration that waits, as `GET /api/role-requests` gives it to those who decide. */
interface RoleRequest {
  readonly id: string
  readonly name: string | null
  readonly region: string | null
  readonly roles: readonly OrganisationRole[]
  readonly rolesAsked: readonly OrganisationRole[]
  readonly askedAt: string | null
  readonly administrator: string | null
  readonly isProved: boolean
}

/**
 * 单位登记审批: organisations whose roles wait, each approved or declined with the reason; and pool
 * experts, who act for no organisation and come in by a link of their own.
 */
export default function PeoplePage(): JSX.Element {
  const requests = createLive(async () => {
    const { items } = await get<{ items: RoleRequest[] }>('/api/role-requests')
    const byAge = [...items].sort((a, b) => ((a.askedAt ?? '') < (b.askedAt ?? '') ? -1 : 1))
    return { items: byAge }
  })
  const pool = createPool()
  const [said, setSaid] = createSignal<string | null>(null)
  async function decided(text: string): Promise<void> {
    setSaid(text)
    refreshWaiting()
    await requests.refresh()
  }
  return (
    <Page title={t('account.people.title')} lead={t('account.people.lead')} live={requests}>
      <Stack>
        <Show when={said()}>
          <Notice tone="ok" live="polite">
            {said()}
          </Notice>
        </Show>
        <For
          each={requests()?.items}
          fallback={
            <Empty title={t('account.people.none')}>
              <p>{t('account.people.noneHint')}</p>
            </Empty>
          }
        >
          {(one) => <RequestCard request={one} onDecided={decided} />}
        </For>
        <Show when={pool.live() || pool.live.problem()} fallback={<Loading />}>
          <Experts pool={pool} />
          <EnrolExpert onEnrolled={() => pool.live.refresh()} />
        </Show>
      </Stack>
    </Page>
  )
}

interface CardProps {
  readonly request: RoleRequest
  readonly onDecided: (text: string) => Promise<void>
}

function RequestCard(props: CardProps): JSX.Element {
  const one = () => props.request
  const name = () => one().name ?? one().id
  return (
    <Section
      title={name()}
      more={
        <Show when={one().askedAt}>
          {(at) => <span class="yg-note">{t('account.people.asked', { time: time(at()) })}</span>}
        </Show>
      }
      card
    >
      <Facts
        rows={[
          { name: t('register.code'), value: one().id },
          {
            name: t('account.people.region'),
            value: regionText(one().region) || t('account.people.unknown'),
          },
          {
            name: t('account.people.contact'),
            value: one().administrator ?? t('account.people.unknown'),
          },
          {
            name: t('account.people.proof'),
            value: (
              <Tag tone={one().isProved ? 'ok' : 'warn'}>
                {t(one().isProved ? 'account.people.proved' : 'account.people.unproved')}
              </Tag>
            ),
            note: one().isProved ? undefined : t('account.people.unprovedNote'),
          },
          ...(one().roles.length > 0
            ? [{ name: t('account.people.held'), value: roleList(one().roles) }]
            : []),
        ]}
      />
      <For each={one().rolesAsked}>{(role) => <Decide {...props} role={role} name={name()} />}</For>
    </Section>
  )
}

/** One role of one organisation: approved by a press, declined with the reason in writing. */
function Decide(props: CardProps & { role: OrganisationRole; name: string }): JSX.Element {
  const [isRefusing, setRefusing] = createSignal(false)
  const [reason, setReason] = createSignal('')
  const [busy, setBusy] = createSignal<'approve' | 'refuse' | null>(null)
  const [problem, setProblem] = createSignal<string | null>(null)
  const said = () => ({ party: props.name, role: t(`shell.role.${props.role}`) })
  const off = () => {
    if (props.request.id === viewer()?.party) return t('account.people.own')
    const isAdministrator = viewer()?.roles.includes('platformAdmin')
    return needsAdministrator(props.role) && !isAdministrator ? t('account.people.adminOnly') : null
  }

  async function decide(how: 'approve' | 'refuse'): Promise<void> {
    if (how === 'refuse' && !reason().trim())
      return void setProblem(t('account.people.reasonEmpty'))
    setBusy(how)
    setProblem(null)
    const at = `/api/parties/${encodeURIComponent(props.request.id)}`
    const roles = [props.role]
    const options = { key: newKey() }
    try {
      if (how === 'approve') await post(`${at}/role-approvals`, { roles }, options)
      else await post(`${at}/role-refusals`, { roles, reason: reason().trim() }, options)
      await props.onDecided(
        t(how === 'approve' ? 'account.people.approved' : 'account.people.refused', said()),
      )
    } catch (error) {
      setProblem(asProblem(error).message)
      setBusy(null)
    }
  }

  return (
    <div class="yg-stack" data-gap="small">
      <Row spread>
        <strong>{capital(said().role)}</strong>
        <Show when={!off()} fallback={<span class="yg-note">{off()}</span>}>
          <Row>
            <Button
              kind="primary"
              pending={busy() === 'approve'}
              label={t('account.people.approveOf', said())}
              onPress={() => void decide('approve')}
            >
              {t('account.people.approve')}
            </Button>
            <Button
              pressed={isRefusing()}
              label={t('account.people.refuseOf', said())}
              onPress={() => setRefusing((now) => !now)}
            >
              {t('account.people.refuse')}
            </Button>
          </Row>
        </Show>
      </Row>
      <Show when={isRefusing()} fallback={<Refusal text={problem()} />}>
        <Field
          label={t('account.people.reason')}
          hint={t('account.people.reasonHint')}
          name={`reason-${props.request.id}-${props.role}`}
          lines={3}
          maxLength={2000}
          value={reason()}
          error={problem()}
          onInput={setReason}
        />
        <div>
          <Button kind="danger" pending={busy() === 'refuse'} onPress={() => void decide('refuse')}>
            {t('account.people.refuseGo')}
          </Button>
        </div>
      </Show>
    </div>
  )
}

function Refusal(props: { text: string | null }): JSX.Element {
  return (
    <Show when={props.text}>
      <Notice tone="danger" live="assertive">
        {props.text}
      </Notice>
    </Show>
  )
}
