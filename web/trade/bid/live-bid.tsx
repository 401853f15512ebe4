import { createSignal, type JSX, Show } from 'solid-js'
import { timeExact } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Facts, Section } from '../../kit/layout.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Notice, RefusalNote, Tag } from '../../kit/status.tsx'
import { post } from '../../shell/api.ts'
import { signAndSend } from '../../shell/signer.ts'
import { isOver } from '../lot-state.ts'
import { subjectOf } from '../subject.ts'
import { useAct } from '../use-act.ts'
import type { LiveBid, OwnBid } from './own-bid.ts'
import type { Statement } from './sign-step.tsx'
import type { Workspace } from './workspace.ts'

/** The bid that is in: its version, and what may still be done with it until the deadline. */
export function LiveBidCard(props: {
  work: Workspace
  own: OwnBid
  bid: LiveBid
  onReplace: () => void
  onReceipt: (receipt: Statement) => void
}): JSX.Element {
  const [asksWithdraw, setAsksWithdraw] = createSignal(false)
  const acting = useAct(() => props.work.own.refresh())
  const isTendering = () => props.work.lot().stage === 'tendering'
  const place = () => ({ tender: props.work.trade().id, lot: props.own.lot })
  const subject = () => {
    const document = props.work.trade().document
    return document && subjectOf(document, Number(props.own.lot.split('-').pop()) - 1)
  }
  async function deliver(receipt: Promise<Statement | null>): Promise<Statement | null> {
    const given = await receipt
    if (given) props.onReceipt(given)
    return given
  }
  const confirm = () =>
    acting.run('confirm', async () => {
      const names = subject()
      if (!names) return null
      const { headerHash } = props.bid
      const document = { ...props.own.document }
      return deliver(
        signAndSend('confirm-bid', { subject: names, headerHash, document }, place(), (body, key) =>
          post<Statement>(`/api/lots/${props.own.lot}/bid-confirmations`, body, { key }),
        ),
      )
    })
  const withdraw = () =>
    acting.run('withdraw', async () => {
      const names = subject()
      if (!names) return null
      return deliver(
        signAndSend(
          'withdraw-bid',
          { subject: names, withdraws: props.bid.act },
          place(),
          (b, key) => post<Statement>(`/api/lots/${props.own.lot}/bid-withdrawals`, b, { key }),
        ),
      )
    })
  return (
    <Section
      title={t('bid.live.title')}
      more={
        <Show
          when={props.own.stage !== 'revoked'}
          fallback={
            <Tag tone="warn">{t('bid.live.revoked', { revision: props.bid.revision })}</Tag>
          }
        >
          {/* Of a lot that has ended nothing is in force any more. */}
          <Show when={!isOver(props.work.lot())}>
            <Tag tone="ok">{t('bid.live.in', { revision: props.bid.revision })}</Tag>
          </Show>
        </Show>
      }
      card
    >
      <Facts
        rows={[
          { name: t('bid.live.received'), value: timeExact(props.bid.receivedAt) },
          ...(props.own.revokedAt
            ? [{ name: t('bid.live.revokedAt'), value: timeExact(props.own.revokedAt) }]
            : []),
          { name: t('kit.receipt.number'), value: <Hash value={props.bid.act} /> },
          { name: t('bid.live.sealed'), value: <Hash value={props.bid.headerHash} /> },
          {
            name: t('bid.live.version'),
            value: t('bid.live.versionOf', { version: props.bid.documentVersion }),
            note: props.bid.isConfirmed
              ? t('bid.live.current')
              : t('bid.live.older', { version: props.own.document.version }),
          },
          ...(props.bid.signature === 'unknown'
            ? [{ name: t('bid.live.signature'), value: t('bid.live.provisional') }]
            : []),
        ]}
      />
      <Show when={!props.bid.isConfirmed && isTendering()}>
        <Notice tone="warn">
          <p>{t('bid.live.amended', { version: props.own.document.version })}</p>
          <Button
            pending={acting.busy() === 'confirm'}
            off={props.work.trade().document ? null : t('bid.live.documentFirst')}
            onPress={() => void confirm()}
          >
            {t('bid.live.confirm', { version: props.own.document.version })}
          </Button>
        </Notice>
      </Show>
      <RefusalNote text={acting.problem()} />
      <Show when={isTendering()}>
        <div class="yg-row">
          <Button onPress={props.onReplace}>{t('bid.live.replace')}</Button>
          <Button kind="danger" onPress={() => setAsksWithdraw(true)}>
            {t('bid.live.withdraw')}
          </Button>
        </div>
        <Show when={asksWithdraw()} fallback={<p class="yg-note">{t('bid.live.consequence')}</p>}>
          <Notice tone="warn" live="polite">
            <p>{t('bid.live.withdrawConsequence')}</p>
            <div class="yg-row">
              <Button
                kind="danger"
                pending={acting.busy() === 'withdraw'}
                onPress={() => void withdraw()}
              >
                {t('bid.live.withdrawSign')}
              </Button>
              <Button onPress={() => setAsksWithdraw(false)}>{t('bid.live.stay')}</Button>
            </div>
          </Notice>
        </Show>
      </Show>
    </Section>
  )
}
