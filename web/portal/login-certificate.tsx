import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { capital, day } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Radio } from '../kit/choice.tsx'
import { Row, Stack } from '../kit/layout.tsx'
import { RefusalNote } from '../kit/status.tsx'
import { capacitiesOf, useCertificate } from '../shell/certificates.ts'
import { OwnKeyForm } from '../shell/key-file.tsx'
import { forgetKeys, openCertificates } from '../shell/keys.ts'
import { asProblem } from '../shell/problem.ts'
import type { Capacity, LoggedIn } from '../shell/session.ts'

/** Refusals that mean something else at the door than at an act, in the door's own words. */
const ownWords = [
  'certificate-expired',
  'certificate-revoked',
  'revocation-unknown',
  'party-other',
  'challenge-used',
] as const
function wordsOf(error: unknown): string {
  const problem = asProblem(error)
  const own = ownWords.find((slug) => slug === problem.slug)
  return own ? t(`portal.login.problem.${own}`) : problem.message
}

/** Opens a key file and signs the challenge: who holds the key comes in. */
export function CertificateSignIn(props: {
  onEntered: (answer: LoggedIn) => Promise<void>
}): JSX.Element {
  const [chosen, setChosen] = createSignal<string | null>(null)
  const [capacities, setCapacities] = createSignal<readonly Capacity[]>([])
  const [capacity, setCapacity] = createSignal<Capacity | null>(null)
  const [isBusy, setBusy] = createSignal(false)
  const [problem, setProblem] = createSignal<string | null>(null)
  const certificate = () => openCertificates().find((one) => one.id === chosen()) ?? null

  createEffect(
    on(openCertificates, (all) => {
      const first = all.find((one) => !one.isExpired)
      if (all.some((one) => one.id === chosen())) return
      void choose(first?.id ?? null)
    }),
  )

  /** Whom it may sign in as is asked at once, so that only what is open has to be chosen. */
  async function choose(id: string | null): Promise<void> {
    setChosen(id)
    setCapacities([])
    setCapacity(null)
    setProblem(null)
    const one = certificate()
    if (!one) return
    try {
      const found = await capacitiesOf(one)
      if (chosen() !== id) return
      setCapacities(found)
      setCapacity(found[0])
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }

  async function enter(): Promise<void> {
    const [one, as] = [certificate(), capacity()]
    if (!one || !as) return
    setBusy(true)
    setProblem(null)
    try {
      await useCertificate(one, as, props.onEntered)
    } catch (error) {
      setProblem(wordsOf(error))
    }
    setBusy(false)
  }

  return (
    <Show when={openCertificates().length > 0} fallback={<OwnKeyForm />}>
      <Stack gap="small">
        <Radio
          label={t('portal.login.certificateOpened')}
          name="login-certificate"
          value={chosen()}
          options={openCertificates().map((one) => ({
            value: one.id,
            text: one.holder,
            hint: t(
              one.isExpired ? 'portal.login.certificateExpired' : 'portal.login.certificateUntil',
              { issuer: one.issuer, day: day(one.notAfter) },
            ),
            isOff: one.isExpired,
          }))}
          onValue={(id) => void choose(id)}
        />
        <Show when={capacities().length > 1}>
          <Radio
            label={t('portal.login.capacity')}
            name="login-capacity"
            value={capacity()}
            options={capacities().map((one) => ({
              value: one,
              text: capital(t(`shell.capacity.${one}`)),
            }))}
            onValue={setCapacity}
          />
        </Show>
        <RefusalNote text={problem()} />
        <Row>
          <Show when={capacity()}>
            <Button kind="primary" pending={isBusy()} onPress={() => void enter()}>
              {t('portal.login.certificateGo')}
            </Button>
          </Show>
          <Button kind="plain" onPress={forgetKeys}>
            {t('portal.login.certificateOther')}
          </Button>
        </Row>
      </Stack>
    </Show>
  )
}
