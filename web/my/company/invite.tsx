import { createSignal, type JSX, Show } from 'solid-js'
import { capital } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Radio, Select } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Section } from '../../kit/layout.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import { asProblem } from '../../shell/problem.ts'
import type { OneTimeLink } from './handover.tsx'
import type { PartyProps } from './party-answer.ts'

const capacities = [
  'authorisedSigner',
  'operator',
  'financeOfficer',
  'legalRepresentative',
  'orgAdmin',
] as const
type MemberCapacity = (typeof capacities)[number]
const newcomer = 'new'
const ofOthers = 'other'

/** Adds a person with a capacity, or a capacity to one who is a member already. */
export function Invite(
  props: PartyProps & {
    onLink: (link: OneTimeLink | null) => void
    onSaid: (text: string) => void
  },
): JSX.Element {
  const [who, setWho] = createSignal(newcomer)
  const [name, setName] = createSignal('')
  const [capacity, setCapacity] = createSignal<MemberCapacity>('authorisedSigner')
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [nameProblem, setNameProblem] = createSignal<string | null>(null)
  const [person, setPerson] = createSignal('')
  const [personProblem, setPersonProblem] = createSignal<string | null>(null)
  const known = () => {
    const byPerson = new Map(props.party.members.map((m) => [m.person, m.name ?? m.person]))
    return [...byPerson].map(([person, text]) => ({ person, name: text }))
  }
  const isOther = () => who() === ofOthers
  const isNamed = () => who() === newcomer || isOther()
  const meantName = () =>
    isNamed() ? name().trim() : (known().find((one) => one.person === who())?.name ?? '')
  const verb = () => {
    if (isOther()) return 'account.members.goInvite'
    return who() === newcomer ? 'account.members.go' : 'account.members.goMore'
  }
  // Kept until its answer is known, so that a lost answer adds nobody twice.
  let key = newKey()

  async function add(): Promise<void> {
    setNameProblem(null)
    setPersonProblem(null)
    setProblem(null)
    if (!meantName()) return void setNameProblem(t('account.members.nameEmpty'))
    const number = isOther() ? person().trim() : who()
    if (!/^[\w-]{3,64}$/.test(number))
      return void setPersonProblem(t('account.members.numberWrong'))
    setBusy(true)
    try {
      const body = {
        name: meantName(),
        capacity: capacity(),
        ...(who() === newcomer ? {} : { person: number }),
      }
      const { link, invited } = await post<{ link: { url: string } | null; invited: boolean }>(
        '/api/party/members',
        body,
        { key },
      )
      key = newKey()
      props.onLink(link ? { name: meantName(), url: link.url, isInvitation: invited } : null)
      if (!link)
        props.onSaid(
          t('account.members.added', {
            name: meantName(),
            capacity: t(`shell.capacity.${capacity()}`),
          }),
        )
      setName('')
      setPerson('')
      await props.live.refresh()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }

  return (
    <Section title={t('account.members.invite')} card>
      <Select
        label={t('account.members.who')}
        name="member-who"
        width="medium"
        value={who()}
        options={[
          { value: newcomer, text: t('account.members.new') },
          { value: ofOthers, text: t('account.members.other') },
          ...known().map((one) => ({
            value: one.person,
            text: t('account.members.more', { name: one.name }),
          })),
        ]}
        onValue={setWho}
      />
      <Show when={isOther()}>
        <Field
          label={t('account.number')}
          hint={t('account.members.numberHint')}
          name="member-number"
          width="medium"
          maxLength={64}
          value={person()}
          error={personProblem()}
          onInput={setPerson}
        />
      </Show>
      <Show when={isNamed()}>
        <Field
          label={t('account.members.newName')}
          name="member-name"
          width="medium"
          maxLength={100}
          value={name()}
          error={nameProblem()}
          onInput={setName}
        />
      </Show>
      <Radio
        label={t('account.members.as')}
        name="member-capacity"
        value={capacity()}
        options={capacities.map((one) => ({
          value: one,
          text: capital(t(`shell.capacity.${one}`)),
          hint: t(`account.capacity.${one}.hint`),
        }))}
        onValue={setCapacity}
      />
      <RefusalNote text={problem()} />
      <div>
        <Button pending={isBusy()} onPress={() => void add()}>
          {t(verb())}
        </Button>
      </div>
    </Section>
  )
}
