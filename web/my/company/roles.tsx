import { createSignal, For, type JSX, Show } from 'solid-js'
import { areCompatible } from '../../../server/identity/party/rules.ts'
import type { OrganisationRole } from '../../../server/kernel/viewer.ts'
import { capital } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Checkbox } from '../../kit/choice.tsx'
import { DataTable } from '../../kit/data-table.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Row, Section } from '../../kit/layout.tsx'
import { Empty, RefusalNote, Tag, type Tone } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { asProblem } from '../../shell/problem.ts'
import { type PartyProps, rolesToAsk } from './party-answer.ts'

type RoleToAsk = (typeof rolesToAsk)[number]
type RoleState = 'held' | 'asked' | 'declined'
const tones: Record<RoleState, Tone> = { held: 'ok', asked: 'sun', declined: 'warn' }

/** What the organisation may be here: approved, waiting, declined; and asking for more. */
export function Roles(props: PartyProps): JSX.Element {
  const rows = (): { role: OrganisationRole; state: RoleState }[] => {
    const { roles, rolesAsked, declined } = props.party
    const refused = declined?.roles.filter((r) => !roles.includes(r) && !rolesAsked.includes(r))
    return [
      ...roles.map((role) => ({ role, state: 'held' as const })),
      ...rolesAsked.map((role) => ({ role, state: 'asked' as const })),
      ...(refused ?? []).map((role) => ({ role, state: 'declined' as const })),
    ]
  }
  return (
    <Section title={t('account.company.roles')}>
      <DataTable
        caption={t('account.company.roles')}
        hideCaption
        rows={rows()}
        keyOf={(row) => row.role}
        empty={
          <Empty title={t('account.company.roles.none')}>
            <p>{t('account.company.roles.noneHint')}</p>
          </Empty>
        }
        columns={[
          {
            id: 'role',
            head: t('account.company.role'),
            cell: (row) => capital(t(`shell.role.${row.role}`)),
          },
          {
            id: 'state',
            head: t('account.company.state'),
            cell: (row) => (
              <Tag tone={tones[row.state]}>{t(`account.company.role.${row.state}`)}</Tag>
            ),
          },
        ]}
      />
      <Ask {...props} />
    </Section>
  )
}

function Ask(props: PartyProps): JSX.Element {
  const [picked, setPicked] = createSignal<readonly RoleToAsk[]>([])
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const taken = () => [...props.party.roles, ...props.party.rolesAsked]
  // Only what may stand beside what is held already: an administrator's organisation asks for none.
  const open = () =>
    rolesToAsk.filter((role) => !taken().includes(role) && areCompatible([...taken(), role]))
  const toggle = (role: RoleToAsk, on: boolean) =>
    setPicked((all) => (on ? [...all, role] : all.filter((one) => one !== role)))

  async function ask(): Promise<void> {
    if (picked().length === 0) return void setProblem(t('account.company.ask.none'))
    if (!areCompatible([...taken(), ...picked()])) return void setProblem(t('register.rolesMixed'))
    setBusy(true)
    setProblem(null)
    try {
      await post('/api/party/role-requests', { roles: picked() }, { key: newKey() })
      setPicked([])
      await props.live.refresh()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }

  return (
    <Show when={open().length > 0}>
      <Show when={props.isHead} fallback={<p class="yg-note">{t('account.company.headOnly')}</p>}>
        <Fold title={t('account.company.ask')}>
          <div class="yg-choices">
            <For each={open()}>
              {(role) => (
                <Checkbox
                  label={capital(t(`shell.role.${role}`))}
                  hint={t(`register.role.${role}`)}
                  name={`ask-${role}`}
                  checked={picked().includes(role)}
                  onChange={(on) => toggle(role, on)}
                />
              )}
            </For>
          </div>
          <RefusalNote text={problem()} />
          <Row>
            <Button pending={isBusy()} onPress={() => void ask()}>
              {t('account.company.ask.go')}
            </Button>
          </Row>
        </Fold>
      </Show>
    </Show>
  )
}
