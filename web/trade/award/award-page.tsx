import { type JSX, Show } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Stack } from '../../kit/layout.tsx'
import { Empty, Notice } from '../../kit/status.tsx'
import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive, type Live } from '../../shell/create-live.ts'
import { viewer } from '../../shell/session.ts'
import { Ended } from '../ended.tsx'
import { TradeFrame, useTrade, useTradeNo } from '../frame.tsx'
import { isOver } from '../lot-state.ts'
import { Reading } from '../reading.tsx'
import { LotTabs, useLot } from '../use-lot.tsx'
import { AwardAct } from './award-act.tsx'
import type { AwardPage, HallNames } from './award-answers.ts'
import { Bags } from './bags.tsx'
import { BeforeAward } from './before-award.tsx'
import { Bonds } from './bonds.tsx'
import { CancelForm } from './cancel-form.tsx'
import { Contract } from './contract.tsx'
import { LetterPart } from './letter.tsx'
import { Limits, RankingTable } from './ranking-table.tsx'

export interface AwardProps {
  readonly trade: TradePage
  readonly page: AwardPage
  readonly live: Live<AwardPage>
  readonly nameOf: (party: string) => string
}

export const has = (trade: TradePage, ...roles: string[]) =>
  roles.some((role) => trade.roles.includes(role))

/** Reads candidates, award and contract of a lot, and the names of its bidders. */
export function useAward(): {
  lot: () => string
  award: Live<AwardPage>
  nameOf: (party: string) => string
} {
  const no = useTradeNo()
  const lot = useLot()
  const award = createLive(
    () => get<AwardPage>(`/api/lots/${lot()}/award`),
    () => [no()],
  )
  const hall = createLive(
    () => get<HallNames>(`/api/projects/${no()}/opening`),
    () => [no(), 'OpeningStarted'],
  )
  const nameOf = (party: string) =>
    hall()
      ?.lots.flatMap((one) => one.rows)
      .find((row) => row.party === party)?.name ?? party
  return { lot, award, nameOf }
}

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
  const isParty = () => props.page.party !== null
  const isWinner = () => props.page.award?.bidder === viewer()?.party
  const isBidder = () => has(props.trade, 'Bown') && !isParty()
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
        when={isParty() || isWinner() || isBidder() || props.page.award}
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
        <AwardAct {...props} />
        <Show when={isParty()}>
          <Limits {...props} />
          <RankingTable {...props} />
        </Show>
        <Show when={isParty() && has(props.trade, 'Pu')}>
          <BeforeAward {...props} />
        </Show>
        <Show when={props.page.award && (isParty() || isWinner())}>
          <Contract {...props} />
        </Show>
        <Show when={props.page.award && (isParty() || isBidder())}>
          <LetterPart {...props} />
        </Show>
        <Show when={isParty() && !isOver(ownLot()) && has(props.trade, 'Ag', 'Ce', 'Re')}>
          <Bonds {...props} />
        </Show>
        <Show when={props.page.stage === 'awarded' && has(props.trade, 'Pu')}>
          <CancelForm {...props} />
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
