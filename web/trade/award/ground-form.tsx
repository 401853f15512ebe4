import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Select } from '../../kit/choice.tsx'
import { Fold } from '../../kit/desk.tsx'
import { Field } from '../../kit/field.tsx'
import { Row } from '../../kit/layout.tsx'
import { useAct } from '../use-act.ts'

/** What was chosen and written; `evidence` is empty where none is asked for. */
export interface GroundGiven<G extends string> {
  readonly ground: G
  readonly reason: string
  readonly evidence: string
}

/** An act that the law allows on certain grounds alone: which one, and the facts for it. */
export function GroundForm<G extends string>(props: {
  /** Before the names of its fields. */
  readonly name: string
  readonly title: string
  readonly note: string
  readonly grounds: readonly { readonly value: G; readonly text: string }[]
  readonly reasonHint?: string
  /** Asks for the document that shows it, too. */
  readonly wantsEvidence?: boolean
  readonly kind?: 'danger'
  readonly verb: string
  readonly send: (given: GroundGiven<G>) => Promise<unknown>
  readonly done: () => void | Promise<void>
}): JSX.Element {
  const [ground, setGround] = createSignal<G>(props.grounds[0].value)
  const [reason, setReason] = createSignal('')
  const [evidence, setEvidence] = createSignal('')
  const acting = useAct(() => props.done())
  async function act(): Promise<void> {
    const given = { reason: reason().trim(), evidence: evidence().trim() }
    if (!given.reason || (props.wantsEvidence && !given.evidence))
      return acting.setProblem(
        t(props.wantsEvidence ? 'awarding.pass.evidenceFirst' : 'awarding.cancel.reasonFirst'),
      )
    await acting.run('act', () => props.send({ ground: ground(), ...given }))
  }
  return (
    <Fold title={props.title}>
      <p class="yg-note">{props.note}</p>
      <Select
        label={t('awarding.cancel.ground')}
        name={`${props.name}-ground`}
        value={ground()}
        options={props.grounds}
        onValue={setGround}
      />
      <Field
        label={t('awarding.cancel.reason')}
        name={`${props.name}-reason`}
        hint={props.reasonHint}
        lines={3}
        maxLength={2000}
        value={reason()}
        error={props.wantsEvidence ? undefined : acting.problem()}
        onInput={setReason}
      />
      <Show when={props.wantsEvidence}>
        <Field
          label={t('awarding.pass.evidence')}
          name={`${props.name}-evidence`}
          hint={t('awarding.pass.evidenceHint')}
          maxLength={2000}
          value={evidence()}
          error={acting.problem()}
          onInput={setEvidence}
        />
      </Show>
      <Row>
        <Button kind={props.kind} pending={acting.busy() !== null} onPress={() => void act()}>
          {props.verb}
        </Button>
      </Row>
    </Fold>
  )
}
