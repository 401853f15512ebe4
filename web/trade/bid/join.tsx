import type { JSX } from 'solid-js'
import { timeProse } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button, ButtonLink } from '../../kit/button.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { RefusalNote } from '../../kit/status.tsx'
import type { TradeLot, TradePage } from '../../shell/answers.ts'
import { newKey, post } from '../../shell/api.ts'
import { useTradeNow } from '../../shell/use-now.ts'
import { useAct } from '../use-act.ts'

/** 获取招标文件: joins the lot, known to the bidder alone. */
export function Join(props: {
  trade: TradePage
  lot: TradeLot
  onJoined: () => Promise<void>
}): JSX.Element {
  const now = useTradeNow(() => props.trade)
  const acting = useAct(props.onJoined)
  const isOpen = () => props.lot.stage === 'tendering'
  const until = () => props.trade.published?.times.documentUntil ?? ''
  const isLate = () => !isOpen() || now() >= Date.parse(until())
  return (
    <NextAct
      kind={isLate() ? 'late' : 'act'}
      title={t(isLate() ? 'bid.join.late' : 'bid.join.title')}
      text={
        <>
          <p>{t(isLate() ? 'bid.join.lateText' : 'bid.join.text', { time: timeProse(until()) })}</p>
          <p class="yg-note">{t('bid.join.secret')}</p>
          <RefusalNote text={acting.problem()} />
        </>
      }
      act={
        isLate() ? (
          <ButtonLink href={`/t/${props.trade.id}`}>{t('bid.join.back')}</ButtonLink>
        ) : (
          <Button
            kind="primary"
            pending={acting.busy() !== null}
            onPress={() =>
              void acting.run('join', () =>
                post(`/api/lots/${props.lot.id}/participation`, {}, { key: newKey() }),
              )
            }
          >
            {t('bid.join.verb')}
          </Button>
        )
      }
    />
  )
}
