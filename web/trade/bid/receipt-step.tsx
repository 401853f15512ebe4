import { createSignal, type JSX, Show } from 'solid-js'
import { timeExact } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import type { TextKey } from '../../i18n/texts.ts'
import { Button } from '../../kit/button.tsx'
import { Items, Section } from '../../kit/layout.tsx'
import { Empty, RefusalNote } from '../../kit/status.tsx'
import { get } from '../../shell/api.ts'
import { useAct } from '../use-act.ts'
import type { OwnBid } from './own-bid.ts'
import { ReceiptCard } from './receipt-card.tsx'
import type { Statement } from './sign-step.tsx'

/** 回执: what was just confirmed, whole. */
export function FreshReceipt(props: { lot: string; receipt: Statement }): JSX.Element {
  return (
    <ReceiptCard
      title={t(titleOf(kindOf(props.receipt)))}
      lot={props.lot}
      receipt={props.receipt}
    />
  )
}

const kindOf = (receipt: Statement) => String((receipt.event as { type?: string })?.type ?? '')
export const titleOf = (kind: string): TextKey => {
  const key = `bid.kind.${kind}` as TextKey
  return t(key) === key ? 'bid.kind.BidSubmitted' : key
}

/** All receipts of one's own in a lot, under their heading. */
export function Receipts(props: { lot: string; receipts: OwnBid['receipts'] }): JSX.Element {
  return (
    <Section title={t('bid.receipts.title')} note={t('bid.receipts.note')}>
      <ReceiptList lot={props.lot} receipts={props.receipts} />
    </Section>
  )
}

/** Receipts of a lot, the newest first; each is fetched whole when it is opened. */
export function ReceiptList(props: { lot: string; receipts: OwnBid['receipts'] }): JSX.Element {
  const [opened, setOpened] = createSignal<Statement | null>(null)
  const acting = useAct()
  const open = (act: string) =>
    acting.run(act, async () => {
      setOpened(await get<Statement>(`/api/lots/${props.lot}/receipts/${act}`))
    })
  return (
    <>
      <RefusalNote text={acting.problem()} />
      <Show when={opened()} keyed>
        {(one) => <ReceiptCard title={t(titleOf(kindOf(one)))} lot={props.lot} receipt={one} />}
      </Show>
      <Show
        when={props.receipts.length > 0}
        fallback={<Empty title={t('bid.receipts.none')}>{t('bid.receipts.noneHint')}</Empty>}
      >
        <Items
          items={[...props.receipts].reverse()}
          label={t('bid.receipts.title')}
          row={(one) => (
            <div class="yg-list-top">
              <span class="yg-list-name">{t(titleOf(one.kind))}</span>
              <span>{timeExact(one.receivedAt)}</span>
              <Button small pending={acting.busy() === one.act} onPress={() => void open(one.act)}>
                {t('bid.receipts.open')}
              </Button>
            </div>
          )}
        />
      </Show>
    </>
  )
}
