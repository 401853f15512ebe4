import { createSignal, For, type JSX, Show } from 'solid-js'
import { pick, t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Section, Stack } from '../../kit/layout.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import type { Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { useAct } from '../use-act.ts'
import type { DeskPage } from './desk-answers.ts'
import { memberName } from './members.tsx'

type Alarm = NonNullable<DeskPage['alarms']>[number]

/** Scores far from the others': their author confirms them with a reason; nothing is altered. */
export function Alarms(props: {
  trade: TradePage
  page: DeskPage
  live: Live<DeskPage>
}): JSX.Element {
  const alarms = () => props.page.alarms ?? []
  const open = () => alarms().filter((a) => a.confirmed === null)
  const own = () => open().filter((a) => a.member === viewer()?.party)
  const others = () => open().filter((a) => a.member !== viewer()?.party)
  return (
    <Section title={t('desk.alarms.title')} note={t('desk.alarms.note')} card>
      <Show when={open().length === 0}>
        <Notice tone="ok">{t('desk.alarms.none')}</Notice>
      </Show>
      <Stack>
        <For each={own()}>{(alarm) => <OwnAlarm {...props} alarm={alarm} />}</For>
        <For each={others()}>
          {(alarm) => <Notice tone="warn">{alarmText(props.page, alarm)}</Notice>}
        </For>
      </Stack>
    </Section>
  )
}

/** What an alarm says: whose score, of which bid, how far from the others'. */
export function alarmText(page: DeskPage, alarm: Alarm): string {
  const bid = page.bids.find((b) => b.party === alarm.bidder)?.name ?? alarm.bidder
  if (alarm.kind === 'objective-differs') {
    const item = page.items?.scoring.items.find((i) => i.id === alarm.item)
    return t('desk.alarms.differs', { bid, item: item ? pick(item) : (alarm.item ?? '') })
  }
  return t('desk.alarms.far', {
    bid,
    name: memberName(page, alarm.member),
    percent: (alarm.percent ?? '').replace('-', '−'),
  })
}

function OwnAlarm(props: { page: DeskPage; live: Live<DeskPage>; alarm: Alarm }): JSX.Element {
  const [reason, setReason] = createSignal('')
  const acting = useAct(() => props.live.refresh())
  async function confirm(): Promise<void> {
    if (!reason().trim()) return acting.setProblem(t('desk.alarms.reasonFirst'))
    await acting.run('confirm', () =>
      post(
        `/api/lots/${props.page.lot}/evaluation/score-confirmations`,
        { alarm: props.alarm.alarm, reason: reason().trim() },
        { key: newKey() },
      ),
    )
  }
  return (
    <div class="yg-stack" data-gap="small">
      <Notice tone="warn" title={t('desk.alarms.yours')}>
        {alarmText(props.page, props.alarm)}
      </Notice>
      <Field
        label={t('desk.alarms.reason')}
        name={`alarm-${props.alarm.alarm}`}
        lines={2}
        maxLength={2000}
        value={reason()}
        error={acting.problem()}
        onInput={setReason}
      />
      <div>
        <Button pending={acting.busy() !== null} onPress={() => void confirm()}>
          {t('desk.alarms.confirm')}
        </Button>
      </div>
    </div>
  )
}
