import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { Section } from '../../kit/layout.tsx'
import { Empty, Notice } from '../../kit/status.tsx'
import { post } from '../../shell/api.ts'
import { isTurnedAway, isUnanswered, Problem } from '../../shell/problem.ts'
import { askSealer } from '../../shell/sealer.ts'
import { signAndSend } from '../../shell/signer.ts'
import { subjectOf } from '../subject.ts'
import { Summary } from './check-step.tsx'
import type { Sealing } from './sealing.ts'
import type { StepId } from './steps.ts'
import type { Workspace } from './workspace.ts'

/** A receipt as it was given, kept whole. */
export type Statement = Readonly<Record<string, unknown>>

/** 签名: one small signed act meets the deadline; all bytes are there before it. */
export function SignStep(props: {
  work: Workspace
  sealing: Sealing
  href: (id: StepId) => string
  onReceipt: (receipt: Statement) => void
  /** Null: a new try begins. The note must outlive this step, which ends with the deadline. */
  onRefused: (problem: Problem | null) => void
}): JSX.Element {
  const [isBusy, setBusy] = createSignal(false)
  const sealed = () => props.sealing.sealed()

  async function submit(): Promise<void> {
    const { work } = props
    const [document, one, own] = [work.trade().document, sealed(), work.own()]
    if (!document || !one || !own) return
    setBusy(true)
    props.onRefused(null)
    try {
      const material = await askSealer({ call: 'material' })
      const index = Number(work.lot().id.split('-').pop()) - 1
      const receipt = await signAndSend(
        'submit-bid',
        {
          subject: subjectOf(document, index),
          parts: [{ part: 'whole', headerHash: one.summary.headerHash }],
          revision: one.summary.revision,
          replaces: one.replaces,
          deadline: own.deadline,
        },
        { tender: work.trade().id, lot: work.lot().id, certificate: one.certificate },
        (body, key) => send({ ...body, with: material }, key),
      )
      if (receipt) {
        await work.forget()
        props.onReceipt(receipt)
      }
    } catch (error) {
      if (error instanceof Problem) props.onRefused(error)
      else throw error
    }
    setBusy(false)
  }

  /** The refusal is kept here as well: its signed note outlives the dialog. */
  async function send(body: unknown, key: string): Promise<Statement> {
    try {
      return await post<Statement>(`/api/lots/${props.work.lot().id}/bid`, body, { key })
    } catch (error) {
      const isJudged = !isUnanswered(error) && !isTurnedAway(error)
      if (error instanceof Problem && isJudged) props.onRefused(error)
      throw error
    }
  }

  return (
    <Show
      when={sealed() && props.sealing.isKept() !== 'no'}
      fallback={
        <Section title={t('bid.sign.title')} card>
          <Empty title={t(sealed() ? 'bid.sign.keepFirst' : 'bid.sign.sealFirst')}>
            <ButtonLink href={props.href(sealed() ? 'keep' : 'seal')}>
              {t(sealed() ? 'bid.sign.toKeep' : 'bid.sign.toSeal')}
            </ButtonLink>
          </Empty>
        </Section>
      }
    >
      <Summary work={props.work} title={t('bid.summary.signTitle')} />
      <Section title={t('bid.sign.title')} card>
        <Show when={props.sealing.isKept() === 'skipped'}>
          <Notice tone="warn">{t('bid.keep.skipRisk')}</Notice>
        </Show>
        <Notice>{t('bid.sign.consequence')}</Notice>
        <div class="yg-row">
          <Button kind="primary" pending={isBusy()} onPress={() => void submit()}>
            {t('bid.sign.verb')}
          </Button>
        </div>
      </Section>
    </Show>
  )
}
