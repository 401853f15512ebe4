import { type JSX, Match, Show, Switch } from 'solid-js'
import { timeProse } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../kit/button.tsx'
import { NextAct } from '../../kit/next-act.tsx'
import { Notice } from '../../kit/status.tsx'
import type { TradeLot, TradePage } from '../../shell/answers.ts'
import { Ended } from '../ended-later.ts'
import { isOver } from '../lot-state.ts'
import { closedAs } from './closed-as.ts'
import type { OwnBid } from './own-bid.ts'

/** First on the page once bidding is over: how one's own bid stands, and what is left to do. */
export function Closed(props: {
  trade: TradePage
  lot: TradeLot
  own: OwnBid | undefined
  deadline: string
}): JSX.Element {
  const kind = () => closedAs(props.own?.stage, props.lot.stage)
  return (
    <>
      <Show when={isOver(props.lot)}>
        <Ended trade={props.trade} lot={props.lot.id} />
      </Show>
      <Switch>
        <Match when={kind() === 'ended'}>
          <Notice>{t('overview.next.terminatedText')}</Notice>
        </Match>
        <Match when={kind() === 'revoked'}>
          <NextAct
            kind="late"
            title={t('bid.late.revoked', { time: timeProse(props.own?.revokedAt ?? '') })}
            text={<p>{t('bid.late.revokedText')}</p>}
            act={<ToTrade trade={props.trade} />}
          />
        </Match>
        <Match when={kind() === 'past'}>
          <NextAct
            kind="late"
            title={t('bid.late.past', { time: timeProse(props.deadline) })}
            text={<p>{t('bid.late.pastText')}</p>}
            act={<ToTrade trade={props.trade} />}
          />
        </Match>
        <Match when={true}>
          <NextAct
            kind="late"
            title={t(kind() === 'in' ? 'bid.late.in' : 'bid.late.out', {
              time: timeProse(props.deadline),
            })}
            text={<p>{t(kind() === 'in' ? 'bid.late.inText' : 'bid.late.outText')}</p>}
            act={
              <ButtonLink kind="primary" href={`/t/${props.trade.id}/opening`}>
                {t('bid.late.hall')}
              </ButtonLink>
            }
          />
        </Match>
      </Switch>
    </>
  )
}

const ToTrade = (props: { trade: TradePage }): JSX.Element => (
  <ButtonLink href={`/t/${props.trade.id}`}>{t('bid.late.trade')}</ButtonLink>
)
