import { createEffect, createMemo, createSignal, type JSX, on, onMount, Show } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import type { OrganisationRole } from '../../../server/kernel/viewer.ts'
import { time } from '../../i18n/format.ts'
import { language, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { ErrorSummary } from '../../kit/error-summary.tsx'
import { Row, Stack } from '../../kit/layout.tsx'
import { Page } from '../../kit/page.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { newKey, post } from '../../shell/api.ts'
import type { proofForRegistration } from '../../shell/certificates.ts'
import { dropDraft, readDraft, saveDraft } from '../../shell/drafts.ts'
import { keepingKeys, usableCertificate } from '../../shell/keys.ts'
import { later } from '../../shell/later.tsx'
import { asProblem } from '../../shell/problem.ts'
import { signedIn, viewer } from '../../shell/session.ts'
import { cleanCode, type Entry, entryErrors, regionOf } from './entry.ts'
import { ContactPart, ProofPart, RolesPart, UnitPart } from './parts.tsx'

const Done = later(async () => (await import('./done.tsx')).Done)

/** What came of it: roles that hold at once, and those that wait for another's approval. */
export interface Registered {
  readonly name: string
  readonly roles: readonly OrganisationRole[]
  readonly rolesAsked: readonly OrganisationRole[]
}

const draftKey = 'registration'
const blank = (): Entry => ({ code: '', name: '', contact: '', roles: [], key: newKey() })

/** Who proves nothing by a certificate needs no code that signs. */
const proofOf: typeof proofForRegistration = async (key, uscc) =>
  (await import('../../shell/certificates.ts')).proofForRegistration(key, uscc)

/** Registers an organisation and its first member; what is filled in survives leaving the page. */
export default function RegisterPage(): JSX.Element {
  const [entry, setEntry] = createStore<Entry>(blank())
  const [keptAt, setKeptAt] = createSignal<number | null>(null)
  const [isChecked, setChecked] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const [done, setDone] = createSignal<Registered | null>(null)
  const errors = () => (isChecked() ? entryErrors(entry) : [])
  // The summary takes the focus when it is made, so it stands as it was at the press.
  const [atPress, setAtPress] = createSignal<readonly string[]>([])
  const isWrong = createMemo(() => errors().length > 0)
  const summary = createMemo(
    on([atPress, isWrong, language], ([names, wrong]) =>
      wrong ? entryErrors(entry).filter((line) => names.includes(line.name)) : [],
    ),
  )

  onMount(async () => {
    const kept = await readDraft<Entry>(draftKey)
    if (!kept) return
    setEntry(kept.value)
    setKeptAt(kept.savedAt)
  })
  function change(next: Partial<Entry>): void {
    setEntry(next)
    void saveDraft(draftKey, unwrap(entry))
  }
  function clear(): void {
    setEntry(blank())
    setKeptAt(null)
    setChecked(false)
    setAtPress([])
    void dropDraft(draftKey)
  }
  // A certificate says whose it is: what is still empty is filled from it.
  createEffect(
    on(usableCertificate, (key) => {
      if (!key?.uscc) return
      change({
        ...(entry.code.trim() ? {} : { code: key.uscc }),
        ...(entry.name.trim() ? {} : { name: key.holder }),
      })
    }),
  )
  const proof = () => {
    const key = usableCertificate()
    return key?.uscc === cleanCode(entry.code) ? key : null
  }

  async function register(): Promise<void> {
    setChecked(true)
    const wrong = entryErrors(entry)
    setAtPress(wrong.map((line) => line.name))
    if (wrong.length > 0) return
    setBusy(true)
    setProblem(null)
    try {
      const [uscc, key] = [cleanCode(entry.code), proof()]
      // The platform knows this browser from here on: it alone may ask again for a lost answer.
      if (!key) await post('/api/session/challenges', {})
      const body = {
        uscc,
        name: entry.name.trim(),
        region: regionOf(uscc),
        roles: unwrap(entry).roles,
        member: { name: entry.contact.trim() },
        proof: key ? await proofOf(key, uscc) : null,
      }
      const answer = await post<Omit<Registered, 'name'>>('/api/parties', body, { key: entry.key })
      await keepingKeys(signedIn)
      await dropDraft(draftKey)
      setDone({ name: body.name, roles: answer.roles, rolesAsked: answer.rolesAsked })
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setBusy(false)
  }

  return (
    <Page title={t('register.title')} lead={done() ? undefined : t('register.lead')}>
      <Show
        when={!done()}
        fallback={<Show when={done()}>{(one) => <Done registered={one()} />}</Show>}
      >
        <Stack>
          <Show when={keptAt()}>
            {(at) => (
              <Notice>
                <p>{t('register.kept', { time: time(new Date(at()).toISOString()) })}</p>
                <Button small onPress={clear}>
                  {t('register.clear')}
                </Button>
              </Notice>
            )}
          </Show>
          <Show when={viewer()}>
            {(one) => <Notice>{t('register.signedIn', { party: one().partyName })}</Notice>}
          </Show>
          <ErrorSummary errors={summary()} />
          <ProofPart code={cleanCode(entry.code)} />
          <UnitPart entry={entry} errors={errors()} onChange={change} />
          <RolesPart entry={entry} errors={errors()} onChange={change} />
          <ContactPart entry={entry} errors={errors()} onChange={change} />
          <RefusalNote text={problem()} />
          <Row>
            <Button kind="primary" pending={isBusy()} onPress={() => void register()}>
              {t(proof() ? 'register.sendProof' : 'register.send')}
            </Button>
            <a href="/login">{t('register.toLogin')}</a>
          </Row>
        </Stack>
      </Show>
    </Page>
  )
}
