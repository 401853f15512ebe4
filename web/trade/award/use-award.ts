import type { TradePage } from '../../shell/answers.ts'
import { get } from '../../shell/api.ts'
import { createLive, type Live } from '../../shell/create-live.ts'
import { useTradeNo } from '../frame.tsx'
import { useLot } from '../use-lot.tsx'
import type { AwardPage, HallNames } from './award-answers.ts'

/** What each part of award and result is given. */
export interface AwardProps {
  readonly trade: TradePage
  readonly page: AwardPage
  readonly live: Live<AwardPage>
  readonly nameOf: (party: string) => string
}

/** Whether the viewer has one of the roles in the trade. */
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
