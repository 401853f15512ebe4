import { createSignal, type JSX, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { t } from '../i18n/i18n.ts'
import type { TextKey } from '../i18n/texts.ts'
import { Button } from '../kit/button.tsx'
import { Fold } from '../kit/desk.tsx'
import { Field } from '../kit/field.tsx'
import { Row, Section } from '../kit/layout.tsx'
import { RegionField } from '../kit/region-field.tsx'
import { RefusalNote } from '../kit/status.tsx'
import { Handover, type OneTimeLink } from '../my/company/handover.tsx'
import { newKey, post } from '../shell/api.ts'
import { asProblem } from '../shell/problem.ts'
import { isIdNumber } from './id-number.ts'

const blank = { name: '', idNumber: '', region: '', employer: '', title: '', specialties: '' }
type Name = keyof typeof blank

const listOf = (text: string) => text.split(/[\s、,，;；]+/).filter(Boolean)
const idOf = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** What is wrong, by field; nothing of it is kept on this device: it is about another person. */
function faults(of: typeof blank): Partial<Record<Name, TextKey>> {
  const count = listOf(of.specialties).length
  return {
    ...(of.name.trim() ? {} : { name: 'account.expert.nameEmpty' }),
    ...(isIdNumber(idOf(of.idNumber)) ? {} : { idNumber: 'account.expert.idNumberWrong' }),
    ...(/^\d{6}$/.test(of.region.trim()) ? {} : { region: 'account.expert.regionWrong' }),
    ...(of.employer.trim() ? {} : { employer: 'account.expert.employerEmpty' }),
    ...(of.title.trim() ? {} : { title: 'account.expert.jobTitleEmpty' }),
    ...(count >= 1 && count <= 10 ? {} : { specialties: 'account.expert.specialtiesWrong' }),
  }
}

/** Enrols an expert in the pool; the link that comes of it is shown once. */
export function EnrolExpert(props: { onEnrolled: () => Promise<void> }): JSX.Element {
  const [entry, setEntry] = createStore({ ...blank })
  const [wrong, setWrong] = createSignal<Partial<Record<Name, TextKey>>>({})
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [link, setLink] = createSignal<OneTimeLink | null>(null)
  let key = newKey()

  async function enrol(): Promise<void> {
    setWrong(faults(entry))
    setProblem(null)
    if (Object.keys(wrong()).length > 0) return
    setBusy(true)
    try {
      const body = {
        name: entry.name.trim(),
        idNumber: idOf(entry.idNumber),
        region: entry.region.trim(),
        employer: entry.employer.trim(),
        title: entry.title.trim(),
        specialties: listOf(entry.specialties),
      }
      const { link: made } = await post<{ link: { url: string } }>('/api/experts', body, { key })
      key = newKey()
      setLink({ name: body.name, url: made.url })
      setEntry({ ...blank })
      await props.onEnrolled()
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }

  const field = (name: Name) => ({
    name: `expert-${name}`,
    get value() {
      return entry[name]
    },
    get error() {
      const key = wrong()[name]
      return key ? t(key) : null
    },
    onInput: (text: string) => setEntry(name, text),
  })
  return (
    <Section title={t('account.expert.title')} note={t('account.expert.note')}>
      <Show when={link()}>{(one) => <Handover link={one()} />}</Show>
      <Fold title={t('account.expert.form')}>
        <Field {...field('name')} label={t('account.expert.name')} width="medium" maxLength={100} />
        <Field
          {...field('idNumber')}
          label={t('account.expert.idNumber')}
          hint={t('account.expert.idNumberHint')}
          width="medium"
          maxLength={24}
        />
        <RegionField
          {...field('region')}
          label={t('account.expert.region')}
          hint={t('account.expert.regionHint')}
          width="short"
        />
        <Field
          {...field('employer')}
          label={t('account.expert.employer')}
          hint={t('account.expert.employerHint')}
          maxLength={100}
        />
        <Field
          {...field('title')}
          label={t('account.expert.jobTitle')}
          width="medium"
          maxLength={100}
        />
        <Field
          {...field('specialties')}
          label={t('account.expert.specialties')}
          hint={t('account.expert.specialtiesHint')}
          maxLength={200}
        />
        <RefusalNote text={problem()} />
        <Row>
          <Button pending={isBusy()} onPress={() => void enrol()}>
            {t('account.expert.go')}
          </Button>
        </Row>
      </Fold>
    </Section>
  )
}
