import { type JSX, Show } from 'solid-js'
import { viewer } from '../../shell/session.ts'
import { isOver } from '../lot-state.ts'
import { AwardAct } from './award-act.tsx'
import { BeforeAward } from './before-award.tsx'
import { Bonds } from './bonds.tsx'
import { CancelForm } from './cancel-form.tsx'
import { Contract } from './contract.tsx'
import { LetterPart } from './letter.tsx'
import { Limits, RankingTable } from './ranking-table.tsx'
import { type AwardProps, has } from './use-award.ts'

/** What parties and bidders of a lot do and read on the way to the contract, the act first. */
export function AwardParties(props: AwardProps): JSX.Element {
  const ownLot = () => props.trade.lots.find((lot) => lot.id === props.page.lot)
  const isParty = () => props.page.party !== null
  const isWinner = () => props.page.award?.bidder === viewer()?.party
  const isBidder = () => has(props.trade, 'Bown') && !isParty()
  return (
    <>
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
    </>
  )
}
