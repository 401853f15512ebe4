import { type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Stack } from '../../kit/layout.tsx'
import { Empty, Notice } from '../../kit/status.tsx'
import { later } from '../../shell/later.tsx'
import { viewer } from '../../shell/session.ts'
import { Ended } from '../ended-later.ts'
import { TradeFrame, useTrade } from '../frame.tsx'
import { isOver } from '../lot-state.ts'
import { Reading } from '../reading.tsx'
import { LotTabs } from '../use-lot.tsx'
import { Coming } from './award-wait.tsx'
import { Bags } from './bags.tsx'
import { type AwardProps, has, useAward } from './use-award.ts'

const AwardParties = later(
  async () => (await import('./award-parties.tsx')).AwardParties,
  'awarding',
  'document',
)
const Bonds = later(async () => (await import('./bonds.tsx')).Bonds, 'awarding')
export const parts = [AwardParties]

/** From the report to the archive: each act of purchaser, agency and winner, with its days. */
export default function AwardPageView(): JSX.Element {
  const trade = useTrade()
  const { lot, award, nameOf } = useAward()
  return (
    <TradeFrame trade={trade} title={t('award.title')}>
      <Show when={trade()}>
        {(one) => (
          <Stack>
            <LotTabs trade={one()} lot={lot()} path="/award" />
            <Reading of={award}>
              {(page) => <Body trade={one()} page={page()} live={award} nameOf={nameOf} />}
            </Reading>
          </Stack>
        )}
      </Show>
    </TradeFrame>
  )
}

function Body(props: AwardProps): JSX.Element {
  const ownLot = () => props.trade.lots.find((lot) => lot.id === props.page.lot)
  const isSuspended = () => ownLot()?.suspended ?? false
  const isInvolved = () =>
    props.page.party !== null ||
    props.page.award?.bidder === viewer()?.party ||
    has(props.trade, 'Bown')
  return (
    <Stack>
      <Show when={isOver(ownLot())}>
        <Ended trade={props.trade} lot={props.page.lot} />
      </Show>
      <Show when={isSuspended()}>
        <Notice tone="warn" title={t('award.suspended')}>
          {t('award.suspendedText')}
        </Notice>
      </Show>
      <Show
        when={isInvolved() || props.page.award}
        fallback={
          <Show
            when={isOver(ownLot())}
            fallback={
              <Empty title={t('award.notYet')}>
                <p>{t('award.notYetText')}</p>
              </Empty>
            }
          >
            <Notice title={t('award.public.over')}>{t('award.public.overText')}</Notice>
          </Show>
        }
      >
        <Show when={isInvolved()} fallback={<Coming {...props} />}>
          <AwardParties {...props} />
        </Show>
        <Show when={props.page.award}>
          <Bags {...props} />
        </Show>
      </Show>
      {/* Opened or not: of a lot that ended everyone's money goes back. */}
      <Show when={isOver(ownLot()) && has(props.trade, 'Ag', 'Ce', 'Re')}>
        <Bonds {...props} />
      </Show>
    </Stack>
  )
}
