import { type JSX, Show } from 'solid-js'
import { timeExact } from '../i18n/format.ts'
import { t } from '../i18n/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Facts, Section } from '../kit/layout.tsx'
import { Hash } from '../kit/proof.tsx'
import { Notice } from '../kit/status.tsx'
import { usePrintout } from '../shell/print.ts'
import type { EventAnswer, EventCheck } from './check-event.ts'
import { partOf } from './trade-events.ts'

/** An event that is looked at, with what this device found of it. */
export interface Opened {
  readonly digest: string
  readonly name: string
  readonly at: string
  /** Whose part of it is meant, where it is about many. */
  readonly of: string | undefined
  readonly answer: EventAnswer
  readonly check: EventCheck
}

/** One event of the record: the verdict first, then the part that is meant, then all of it. */
export function EventView(props: { opened: Opened; onClose: () => void }): JSX.Element {
  const check = () => props.opened.check
  usePrintout(() => ({ name: props.opened.name, digest: props.opened.digest }))
  const part = () =>
    props.opened.of ? partOf(props.opened.answer.event.data, props.opened.of) : null
  return (
    <Section
      id="ledger-event"
      title={props.opened.name}
      more={
        <Button small onPress={props.onClose}>
          {t('shell.close')}
        </Button>
      }
      card
    >
      <Notice
        tone={check().isGood ? 'ok' : 'danger'}
        title={t(check().isGood ? 'ledger.good' : 'ledger.bad')}
        live="polite"
      >
        {check().isGood
          ? t('ledger.goodText', { index: check().index ?? 0, size: check().size ?? 0 })
          : t('ledger.badText')}
      </Notice>
      <Facts
        rows={[
          { name: t('ledger.when'), value: timeExact(props.opened.at) },
          { name: t('ledger.digest'), value: <Hash value={props.opened.digest} /> },
        ]}
      />
      <Show when={part()}>{(one) => <Text title={t('ledger.part')} value={one()} />}</Show>
      <Text title={t('ledger.event')} value={props.opened.answer} />
    </Section>
  )
}

function Text(props: { title: string; value: unknown }): JSX.Element {
  return (
    <>
      <h3 class="yg-subtitle">{props.title}</h3>
      <pre class="yg-act-text" tabindex="0">
        {JSON.stringify(props.value, null, 2)}
      </pre>
    </>
  )
}
